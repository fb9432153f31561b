import { expect, test } from 'vitest'
import { formatNextEvent } from '../../../src/http/response/event-stream.ts'

// Clients that split a text into lines with the functions of Python or .NET also end a line at these.
test.each(['\u0085', '\u2028', '\u2029'])('escapes the line end %j in an event', (lineEnd) => {
  const result = { data: { title: `one${lineEnd}two` } }
  const [event, data, ...others] = formatNextEvent(JSON.stringify(result)).split(/[\n\u0085\u2028\u2029]/)
  expect([event, others]).toEqual(['event: next', ['', '']])
  expect(JSON.parse(data!.slice('data: '.length))).toEqual(result)
})
