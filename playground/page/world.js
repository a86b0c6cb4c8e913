/** What the page knows: people, groups, the clock, and the chats that were looked at. */

import { get, listen } from "./api.js";

/** Whether the bot is in a group, as a member or more. */
export const botPresent = (group) => ["member", "administrator"].includes(group.bot);

export class World {
  constructor() {
    this.bot = null;
    this.clock = null;
    /** Milliseconds to add to this machine's clock to read the playground's. */
    this.drift = 0;
    this.people = new Map();
    this.groups = new Map();
    this.faults = [];
    this.faultKinds = [];
    this.chats = new Map();
  }

  /** Read the state, then tell `hear` of every event, after the world has taken it in. */
  async start(hear, online) {
    const last = await this.reload();
    listen(last, (event) => this.#take(event, hear), online);
  }

  /** Read everything anew; chats are forgotten. Answers the number of the last event in it. */
  async reload() {
    const state = await get("state");
    this.bot = state.bot;
    this.setClock(state.clock);
    this.people = new Map(state.people.map((person) => [person.id, person]));
    this.groups = new Map(state.groups.map((group) => [group.id, group]));
    this.faults = state.faults;
    this.faultKinds = state.fault_kinds;
    this.chats.clear();
    return state.last_event;
  }

  /** The command menus changed. Nothing else is taken: events may be ahead of this answer. */
  async reloadCommands() {
    const state = await get("state");
    for (const { id, commands } of state.people)
      Object.assign(this.people.get(id) ?? {}, { commands });
    for (const { id, commands } of state.groups)
      Object.assign(this.groups.get(id) ?? {}, { commands });
  }

  setClock(clock) {
    this.clock = clock;
    this.drift = Date.parse(clock.now) - Date.now();
  }

  now() {
    return new Date(Date.now() + this.drift);
  }

  groupsOf(person) {
    return [...this.groups.values()].filter(
      (group) => group.members.includes(person) && !group.migrated_to,
    );
  }

  name(id) {
    if (id === this.bot.id) return this.bot.first_name;
    const person = this.people.get(id);
    return person ? [person.first_name, person.last_name].filter(Boolean).join(" ") : "?";
  }

  /** Who a message is from: an administrator who hides speaks as her group. */
  author(record) {
    return record.message.sender_chat?.title ?? this.name(record.from_id);
  }

  /** The records of a chat by message id, read once and then kept up to date by events. */
  async records(chat, person) {
    if (!this.chats.has(chat)) this.chats.set(chat, this.#read(chat, person));
    const known = this.chats.get(chat);
    try {
      await known.ready;
    } catch (error) {
      this.chats.delete(chat);
      throw error;
    }
    return known.records;
  }

  #read(chat, person) {
    // What happens while the answer is on its way is kept aside and applied on top of it.
    const known = { records: new Map(), aside: [] };
    known.ready = get(`chats/${chat}/messages?person=${person}`).then(({ messages }) => {
      for (const record of messages) known.records.set(record.message_id, record);
      for (const event of known.aside) apply(known.records, event);
      known.aside = null;
    });
    return known;
  }

  #take(event, hear) {
    if (event.type === "message" || event.type === "edit" || event.type === "delete") {
      const known = this.chats.get(event.chat_id ?? event.record.chat_id);
      if (known?.aside) known.aside.push(event);
      else if (known) apply(known.records, event);
    } else if (event.type === "person") this.people.set(event.person.id, event.person);
    else if (event.type === "group") this.groups.set(event.group.id, event.group);
    else if (event.type === "bot") this.bot = event.bot;
    else if (event.type === "clock") this.setClock(event.clock);
    else if (event.type === "fault") this.faults = event.faults;
    hear(event);
  }
}

function apply(records, event) {
  if (event.type === "delete") records.delete(event.message_id);
  else records.set(event.record.message_id, event.record);
}
