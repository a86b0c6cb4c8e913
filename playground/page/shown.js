/** Which phones are on the page; a choice is kept by id and name, since ids return in a new playground. */

const FIRST_SHOWN = 5; // sample people beyond these wait in the strip on the first visit
const KEPT = "playground.hidden";

const choices = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
const key = (person) => `${person.id}:${person.first_name}`;

/** Her own choice first, then what she was added with (`hidden`), then her place among the sample. */
export function isHidden(person, world) {
  const place = [...world.people.keys()].indexOf(person.id);
  const late = Boolean(person.extra.sample) && place >= FIRST_SHOWN;
  return choices[key(person)] ?? person.extra.hidden ?? late;
}

export function choose(person, hidden) {
  choices[key(person)] = hidden;
  localStorage.setItem(KEPT, JSON.stringify(choices));
}
