/** A vendor's response body that costs more than it looks; each stays within `answerBytes`. */
export interface HostileAnswer {
  name: string
  body(): Buffer
}

const MiB = 1024 ** 2
const distinctKeys = (count: number, from = 0): string =>
  Array.from({ length: count }, (_, index) => `"k${from + index}":0`).join()
const list = (count: number, item: (index: number) => string): string =>
  `[${Array.from({ length: count }, (_, index) => item(index)).join()}]`
const text = (body: () => string): (() => Buffer) => {
  return () => Buffer.from(body())
}

export const hostileAnswers: readonly HostileAnswer[] = [
  { name: '16 MiB of zeros', body: text(() => list(8 * MiB - 1, () => '0')) },
  { name: '499,000 zeros', body: text(() => list(499_000, () => '0')) },
  {
    name: '512 kB of numbers, one of 16 digits',
    body: text(() => list(250_000, (index) => (index ? '1' : '9007199254740993'))),
  },
  { name: '16 MiB of large integers', body: text(() => list(800_000, () => '9007199254740993999')) },
  { name: 'one object with 900,000 keys', body: text(() => `{${distinctKeys(900_000)}}`) },
  { name: '245,000 objects without a common key', body: text(() => list(245_000, (index) => `{"k${index}":0}`)) },
  {
    name: '20,000 objects of 20 own keys',
    body: text(() => list(20_000, (index) => `{${distinctKeys(20, index * 20)}}`)),
  },
  { name: 'a string of 16 MiB', body: text(() => `["${'x'.repeat(16 * MiB - 10)}"]`) },
  { name: 'a string of 8 Mi escapes', body: text(() => `["${String.raw`\n`.repeat(8 * MiB - 10)}"]`) },
  { name: 'a string of 5 Mi characters of three bytes', body: text(() => `["${'語'.repeat(5.3 * MiB)}"]`) },
  { name: 'a number of 16 MiB', body: text(() => `[${'1'.repeat(16 * MiB - 10)}]`) },
  { name: '16 MiB of white space', body: text(() => `[${' '.repeat(16 * MiB - 10)}]`) },
  { name: '64 levels, again and again', body: text(() => list(15_000, () => '['.repeat(63) + ']'.repeat(63))) },
  { name: '8 Mi levels', body: text(() => '['.repeat(8 * MiB) + ']'.repeat(8 * MiB)) },
  {
    name: '100,000 items',
    body: text(() => list(100_000, (id) => `{"id":"u${id}","display_name":"${'n'.repeat(100)}"}`)),
  },
]
