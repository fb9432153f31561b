/** Headers of an event stream. nginx passes on each message at once only with the header `x-accel-buffering`. */
export const eventStreamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }

/** The last event of a stream. Browsers ignore events without `data`. Clients do not reconnect after this event. */
export const completeEvent = 'event: complete\ndata:\n\n'

/** Line ends of Unicode, which JSON does not escape. Some clients end a line of an event stream at them. */
const lineEnds = /[\u0085\u2028\u2029]/g

/** Returns the event with a GraphQL response. JSON contains no line ends, except escaped. */
export function formatNextEvent(json: string): string {
  return `event: next\ndata: ${json.replace(lineEnds, escapeCharacter)}\n\n`
}

const escapeCharacter = (character: string): string =>
  String.raw`\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
