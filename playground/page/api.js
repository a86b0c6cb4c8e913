/** The control API of playground/README.md. */

const ROOT = "/playground/api/";

/** A refusal: `status` and the server's English sentence as message; status 0 is no connection. */
export class ApiError extends Error {
  constructor(status, words) {
    super(words);
    this.status = status;
  }
}

async function call(method, path, body) {
  let response;
  try {
    const sent = body instanceof FormData ? body : body && JSON.stringify(body);
    response = await fetch(ROOT + path, { method, body: sent });
  } catch (error) {
    throw new ApiError(0, String(error));
  }
  const answer = await response.json().catch(() => ({ error: response.statusText }));
  if (!response.ok) throw new ApiError(response.status, answer.error ?? response.statusText);
  return answer;
}

export const get = (path) => call("GET", path);
/** `body` is an object, or a FormData with a file. */
export const post = (path, body) => call("POST", path, body);
export const clear = (path) => call("DELETE", path);

/**
 * Hear every event after that number, for ever: the browser resumes by itself, and where it has
 * given up (the server was away) a new line is opened. `online(true or false)` tells how it stands.
 */
export function listen(after, hear, online) {
  let last = after;
  let source;
  const open = () => {
    source = new EventSource(`${ROOT}events?after=${last}`);
    source.onopen = () => online(true);
    source.onmessage = (message) => {
      const event = JSON.parse(message.data);
      last = event.id;
      hear(event);
    };
    source.onerror = () => {
      online(false);
      if (source.readyState !== EventSource.CLOSED) return;
      setTimeout(open, 2000);
    };
  };
  open();
}
