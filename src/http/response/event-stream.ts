/** Headers of an event stream. nginx passes on each message at once only with the header `x-accel-buffering`. */
export const eventStreamHeaders = { 'content-type': 'text/event-stream; charset=utf-8', 'x-accel-buffering': 'no' }

/** The last event of a stream. Browsers ignore events without `data`. Clients do not reconnect after this event. */
export const completeEvent = 'event: complete\ndata:\n\n'

/** Returns the event with a GraphQL response. JSON contains no line ends, except escaped. */
export function formatNextEvent(json: string): string {
  return `event: next\ndata: ${json}\n\n`
}
