/** Responses of a vendor that are expensive to process for their size. */
export interface HostileResponse {
  name: string
  status: number
  body(): Buffer
}

const Mi = 1024 ** 2
const escape = String.raw`\n`

const repeat = (count: number, item: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => item(index)).join()
const ownKeys = (count: number, from = 0): string => repeat(count, (index) => `"k${from + index}":0`)

/** Creates a page of users in TrueConf's format. */
const page = (name: string, users: () => string): HostileResponse => ({
  name,
  status: 200,
  body: () => Buffer.from(`{"next_page_id":-1,"users":${users()}}`),
})
const list = (name: string, count: number, item: (index: number) => string): HostileResponse =>
  page(name, () => `[${repeat(count, item)}]`)
const error = (name: string, message: () => string): HostileResponse => ({
  name: `an error message of ${name}`,
  status: 400,
  body: () => Buffer.from(`{"error":{"code":400,"message":"${message()}"}}`),
})

export const hostileResponses: readonly HostileResponse[] = [
  list('8 Mi zeros', 8 * Mi - 100, () => '0'),
  list('499,000 zeros', 499_000, () => '0'),
  list('250,000 numbers, one of 16 digits', 250_000, (index) => (index > 0 ? '1' : '9007199254740993')),
  list('490,000 large integers', 490_000, () => '9007199254740993999'),
  page('an object of 900,000 keys', () => `{${ownKeys(900_000)}}`),
  list('245,000 objects without a common key', 245_000, (index) => `{"k${index}":0}`),
  list('20,000 objects of 20 own keys', 20_000, (index) => `{${ownKeys(20, index * 20)}}`),
  // Small enough to be parsed at once.
  list('8,200 objects without a common key, of 95 KiB together', 8_200, (index) => `{"k${index}":0}`),
  list('400 objects of 24 own keys, of 93 KiB together', 400, (index) => `{${ownKeys(24, index * 24)}}`),
  page('a string of 4 MB', () => `["${'x'.repeat(4_000_000)}"]`),
  page('a string of 2 million escapes', () => `["${escape.repeat(2_000_000)}"]`),
  page('a string of 16 MB', () => `["${'x'.repeat(16_000_000)}"]`),
  page('a string of 5 million characters of three bytes', () => `["${'語'.repeat(5_000_000)}"]`),
  page('a number of 16 million digits', () => `[${'1'.repeat(16_000_000)}]`),
  page('16 MB of white space', () => `[${' '.repeat(16_000_000)}]`),
  list('8,000 times 60 levels', 8_000, () => '['.repeat(60) + ']'.repeat(60)),
  page('8 Mi levels', () => '['.repeat(8 * Mi - 100)),
  list('100,000 users', 100_000, (id) => `{"id":"u${id}","display_name":"${'n'.repeat(100)}"}`),
  list('100,000 times the same user', 100_000, () => '{"id":"u"}'),
  list('100,000 users without an ID', 100_000, () => '{"display_name":"n"}'),
  error('30 kB of "a-"', () => 'a-'.repeat(15_000)),
  error('30 kB of "x"', () => 'x'.repeat(30_000)),
  error('16 MB of "a-"', () => 'a-'.repeat(8_000_000)),
  error('1 MB of white space', () => ' '.repeat(1_000_000)),
  { name: 'an error page of 16 MB', status: 502, body: () => Buffer.alloc(16_000_000, '<p>') },
]
