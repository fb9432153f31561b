import type { Hostile } from './hostile.ts'

/** Requests of up to 1 MiB whose shape keeps the event loop busy. */
const repeat = (times: number, text: (index: number) => string, separator = ' '): string =>
  Array.from({ length: times }, (_, index) => text(index)).join(separator)
const status = [200, 400]
const withHeader = (name: string, header: string, value: string): Hostile => ({
  name,
  body: '{"query":"{ __typename }"}',
  headers: { [header]: value },
  status: [200, 406, 415],
})
const query = (name: string, text: string, variables: object = {}): Hostile => ({
  name,
  body: JSON.stringify({ query: text, variables }),
  status,
})
const json = (name: string, variables: string): Hostile => ({
  name,
  body: `{"query":"query ($v: JSON) { __typename }","variables":{"v":${variables}}}`,
  status,
})
const mutation = (name: string, input: object): Hostile =>
  query(
    name,
    'mutation ($input: CreateConferenceInput!) { createConference(input: $input) { outcome problems { code } } }',
    { input: { account: 'trueconf', title: 'Planning', schedule: { permanent: true }, ...input } },
  )

const accountId = Buffer.from('Account:zoom').toString('base64url')
const userIds = Array.from({ length: 250 }, (_, i) => Buffer.from(`User:zoom:u${i}`).toString('base64url'))
const many = (times: number, value: unknown): unknown[] => Array.from({ length: times }, () => value)
const lists = (arguments_: string) => repeat(19, (i) => `l${i}: users(first: 1, ${arguments_}) { nodes { id } }`)
const longName = 'a'.repeat(60_000)
const statuses = many(110_000, 'ACTIVE')

/** Fields of one type, each with arguments, so that validation has many pairs to compare. */
const arguments_ = repeat(90, (i) => `users(first: ${i % 2}, after: $a${i % 20}) { nodes { id } }`)

const names: readonly Hostile[] = [
  query(
    'a response name of 60 kB, 4,750 times',
    `query ($ids: [ID!]!) { ${repeat(19, (i) => `n${i}: nodes(ids: $ids) { ...f }`)} } fragment f on Node { ${longName}: id }`,
    { ids: many(250, accountId) },
  ),
  query('a response name of 60 kB in error paths', `query ($ids: [ID!]!) { ${longName}: nodes(ids: $ids) { id } }`, {
    ids: many(250, 'no ID'),
  }),
  query(
    '250 errors behind a million lines',
    `${'\n'.repeat(500_000)} query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`,
    {
      ids: many(250, 'no ID'),
    },
  ),
  query('10 validation errors behind a million lines', `${'\n'.repeat(500_000)} { ${repeat(15, (i) => `x${i}`)} }`),
  query('a syntax error behind a million lines', `${'\n'.repeat(520_000)} }`),
  query(
    '19 lists of 250 wrong IDs',
    `query ($ids: [ID!]!) { ${repeat(19, (i) => `n${i}: nodes(ids: $ids) { id }`)} }`,
    { ids: many(250, 'no ID') },
  ),
  query('19 lists of 250 accounts', `query ($ids: [ID!]!) { ${repeat(19, (i) => `n${i}: nodes(ids: $ids) { id }`)} }`, {
    ids: many(250, accountId),
  }),
  query('19 lists of one user', `query ($ids: [ID!]!) { ${repeat(19, (i) => `n${i}: nodes(ids: $ids) { id }`)} }`, {
    ids: many(250, userIds[0]),
  }),
  query('250 unknown users', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: userIds }),
  {
    name: 'an operation name of 900 kB',
    body: JSON.stringify({ query: `query ${'q'.repeat(900_000)} { __typename }` }),
    status,
  },
  {
    name: 'an unknown operation name of 900 kB',
    body: JSON.stringify({ query: '{ __typename }', operationName: 'q'.repeat(900_000) }),
    status,
  },
]

const variables: readonly Hostile[] = [
  query('19 filters of 110,000 statuses', `query ($s: [UserStatus!]) { ${lists('filter: { status: $s }')} }`, {
    s: statuses,
  }),
  query('19 filters in a variable', `query ($f: UserFilter) { ${lists('filter: $f')} }`, { f: { status: statuses } }),
  query('a list of lists of statuses', 'query ($s: [UserStatus!]) { users(filter: { status: $s }) { nodes { id } } }', {
    s: many(90_000, ['ACTIVE']),
  }),
  query('60,000 unknown statuses', 'query ($f: UserFilter) { users(filter: $f) { nodes { id } } }', {
    f: { status: many(60_000, 'NOTHING') },
  }),
  query('100,000 account keys', 'query ($f: UserFilter) { users(filter: $f) { nodes { id } } }', {
    f: { accounts: many(100_000, 'zoom') },
  }),
  query('250,000 numbers for IDs', 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: many(250_000, 1) }),
  mutation('200,000 tags', { tags: many(200_000, 'a') }),
  mutation('40,000 invitees', { invite: many(40_000, { vendorId: 'x' }) }),
  mutation('100,000 vendor options', { vendorOptions: { list: many(100_000, 1) } }),
  mutation('vendor options of many names', {
    vendorOptions: Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`k${i}`, {}])),
  }),
  mutation(
    '10 unknown fields of 90 kB',
    Object.fromEntries(Array.from({ length: 10 }, (_, i) => ['x'.repeat(90_000) + i, 1])),
  ),
  query(
    'an unknown enum value of a megabyte in a variable',
    'query ($s: [UserStatus!]) { users(filter: { status: $s }) { nodes { id } } }',
    { s: ['X'.repeat(900_000)] },
  ),
  mutation('an unknown field of a megabyte', { ['x'.repeat(900_000)]: 1 }),
  mutation('9,000 unknown fields', Object.fromEntries(Array.from({ length: 9_000 }, (_, i) => [`titl${i}`, 1]))),
  mutation('a title of a megabyte', { title: 'a'.repeat(900_000) }),
  mutation('a description of a megabyte', { description: 'a'.repeat(900_000) }),
  mutation('an rrule of a megabyte', {
    schedule: {
      recurring: {
        rrule: `FREQ=DAILY${';BYDAY=MO'.repeat(80_000)}`,
        startsAt: '2026-12-12T00:00:00Z',
        durationMinutes: 1,
        timeZone: 'UTC',
      },
    },
  }),
  query('a search of a megabyte', 'query ($f: UserFilter) { users(filter: $f) { nodes { id } } }', {
    f: { search: 'a '.repeat(450_000) },
  }),
  query('a tag of a megabyte', 'query ($f: ConferenceFilter) { conferences(first: 1, filter: $f) { nodes { id } } }', {
    f: { tag: 'a'.repeat(900_000) },
  }),
  query('an ID of a megabyte', 'query ($id: ID!) { node(id: $id) { id } }', { id: 'A'.repeat(900_000) }),
  query('a cursor of a megabyte', 'query ($c: String) { users(after: $c) { nodes { id } } }', {
    c: 'A'.repeat(900_000),
  }),
  query('19 cursors of 50 kB', `query ($c: String) { ${lists('after: $c')} }`, { c: 'A'.repeat(50_000) }),
  query('a date of a megabyte', 'query ($d: DateTime) { conferences(filter: { startsFrom: $d }) { nodes { id } } }', {
    d: '2026'.repeat(225_000),
  }),
  query(
    'an email address of a megabyte',
    'query ($e: EmailAddress) { users(filter: { email: $e }) { nodes { id } } }',
    { e: `${'a.'.repeat(450_000)}@b` },
  ),
]

const bodies: readonly Hostile[] = [
  json('a million digits', '1'.repeat(1_000_000)),
  json('a number of 1e999', '1e999'),
  json('150,000 numbers of 1e999', `[${repeat(150_000, () => '1e999', ',')}]`),
  json('fractions of many digits', `[${repeat(23_000, () => `0.${'1234567890'.repeat(4)}`, ',')}]`),
  json('50,000 long integers in strings', `[${repeat(45_000, () => '"12345678901234567890"', ',')}]`),
  json('many small objects', `[${repeat(125_000, () => '{"a":1}', ',')}]`),
  json('many empty lists', `[${repeat(340_000, () => '[]', ',')}]`),
  json('a string of escapes', `"${String.raw`\u0041`.repeat(170_000)}"`),
  json('a string of quotes', `"${String.raw`\"`.repeat(500_000)}"`),
  json('an unfinished string of quotes', `"${String.raw`\"`.repeat(500_000)}`),
  json('a string of backslashes before digits', `"${String.raw`\\`.repeat(250_000)}1234567890123456789"`),
  json('many names', `{${repeat(75_000, (i) => `"k${i}":1`, ',')}}`),
  json('9,999 names in 8 objects', `[${repeat(8, () => `{${repeat(9_999, (i) => `"${i}k":1`, ',')}}`, ',')}]`),
  json('the same name 100,000 times', `{${repeat(100_000, () => '"a":1', ',')}}`),
  json('60 levels of many objects', `[${repeat(1_500, () => `${'{"a":'.repeat(60)}1${'}'.repeat(60)}`, ',')}]`),
  json('a wide tree', `[${repeat(400, () => `[${repeat(400, () => '{}', ',')}]`, ',')}]`),
]

const documents: readonly Hostile[] = [
  query('500,000 comments', `${'#\n'.repeat(340_000)}{ __typename }`),
  query('one comment of a megabyte', `#${'x'.repeat(1_000_000)}\n{ __typename }`),
  query('a million commas', `{ __typename ${','.repeat(1_000_000)} }`),
  query('a block string of many lines', `{ node(id: """${' a\n'.repeat(250_000)}""") { id } }`),
  query('a block string of blank lines', `{ node(id: """${' \n'.repeat(340_000)}""") { id } }`),
  query('a string of unicode escapes', `{ node(id: "${String.raw`\u{41}`.repeat(110_000)}") { id } }`),
  query('1,900 unknown fields', `{ node(id: "a") { ${repeat(1_900, (i) => `displayNam${i}`)} } }`),
  query(
    'unknown fields with near names',
    `{ node(id: "a") { ${repeat(60, (i) => `... on User { ${'displayNam'.repeat(30)}${i} }`)} } }`,
  ),
  query('an unknown field of a megabyte', `{ ${'x'.repeat(1_000_000)} }`),
  query('an unknown type of a megabyte', `{ ... on ${'x'.repeat(1_000_000)} { id } }`),
  query('an unknown argument of a megabyte', `{ accounts(${'x'.repeat(1_000_000)}: 1) { key } }`),
  query(
    'an unknown enum value of a megabyte',
    `{ users(filter: { status: [${'X'.repeat(1_000_000)}] }) { nodes { id } } }`,
  ),
  query(
    '900 unknown enum values',
    `{ users(filter: { status: [${repeat(900, (i) => `ACTIV${i}`)}] }) { nodes { id } } }`,
  ),
  query('900 literals of an enum', `{ users(filter: { status: [${repeat(900, () => 'ACTIVE')}] }) { nodes { id } } }`),
  query('290 unused fragments', `{ __typename } ${repeat(280, (i) => `fragment f${i} on User { id }`)}`),
  query(
    'a chain of fragments',
    `{ accounts { ...f0 } } ${repeat(200, (i) => `fragment f${i} on Account { ...f${i + 1} }`)} fragment f200 on Account { key }`,
  ),
  query(
    'a mesh of fragments',
    `{ accounts { ...f0 } } ${repeat(40, (i) => `fragment f${i} on Account { ${repeat(39 - i, (j) => `...f${i + j + 1}`)} key }`)}`,
  ),
  query(
    'many variables, many uses',
    `query (${repeat(140, (i) => `$a${i}: String`)}) { users(first: 1) { nodes { id } } ...f } ${repeat(20, (i) => `fragment ${i ? `f${i}` : 'f'} on Query { ${i < 19 ? `...f${i + 1}` : ''} users(first: 1) { nodes { ${repeat(6, (j) => `conferences(after: $a${(i * 6 + j) % 140}) { nodes { id } }`)} } } }`)}`,
  ),
  query(
    'variables used in many operations',
    `${repeat(60, (i) => `query q${i}($a: String) { ...f }`)} fragment f on Query { ${repeat(70, (i) => `users(after: $a, first: ${i}) { nodes { id } }`)} }`,
  ),
  query('140 variables twice', `query (${repeat(140, (i) => `$a${i % 95}: [[[[Int]]]]`)}) { __typename }`),
  query('fields with other arguments', `query (${repeat(20, (i) => `$a${i}: String`)}) { ${arguments_} }`),
  query(
    'deep fields in conflict',
    `{ accounts { ${repeat(45, (i) => `users(first: ${i}) { nodes { account { users { nodes { id } } } } }`)} } }`,
  ),
  query('an integer of a million digits', `{ users(first: ${'1'.repeat(1_000_000)}) { nodes { id } } }`),
  query('literals in depth', `{ node(id: ${'['.repeat(900)}1${']'.repeat(900)}) { id } }`),
  query(
    'a literal object of many fields',
    `mutation { createConference(input: { account: "zoom", title: "x", vendorOptions: { ${repeat(600, (i) => `k${i}: ${i}`)} } }) { outcome } }`,
  ),
  query(
    '20 introspections',
    `{ ${repeat(20, (i) => `s${i}: __schema { types { name description fields { name description args { name } type { name fields { name } } } } }`)} }`,
  ),
  query(
    '28 aliases below introspection',
    `{ __schema { types { ${repeat(28, (i) => `a${i}: fields { name description type { name } }`)} } } }`,
  ),
  query(
    'introspection with long names',
    `{ __schema { types { ${'a'.repeat(10_000)}: fields { ${'b'.repeat(60_000)}: name } } } }`,
  ),
  query(
    'directives with arguments',
    `query ($a: Boolean = true) { ${repeat(49, () => `... @include(if: $a) { __typename }`)} }`,
  ),
  query(
    '30 aliases of echoes',
    `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { ${repeat(29, (i) => `e${i}: clientMutationId`)} } }`,
    { input: { account: 'nobody', title: 'x', clientMutationId: 'x'.repeat(900_000) } },
  ),
]

/** Repeats a field, with as many fields below it as the limits of tokens and pairs allow. */
const merged: readonly Hostile[] = [
  query(
    '95 objects of 8 fields',
    `{ accounts { ${repeat(95, () => 'health { state calls tokenExpiresAt rateLimitedUntil lastProblem { code message retryable } }')} } }`,
  ),
  query(
    '60 objects of 24 fields',
    `{ accounts { ${repeat(60, () => `health { ${repeat(24, (i) => ['state', 'calls', 'tokenExpiresAt', 'rateLimitedUntil', '__typename', 'state'][i % 6]!)} }`)} } }`,
  ),
  query(
    '40 objects in 4 levels',
    `{ accounts { ${repeat(40, () => 'health { lastProblem { account { health { lastProblem { account { key label id } code message } state } id } code } calls }')} } }`,
  ),
  query(
    'fragments of one object',
    `{ accounts { ${repeat(50, (i) => `...f${i}`)} } } ${repeat(50, (i) => `fragment f${i} on Account { health { state calls lastProblem { code message } } key }`)}`,
  ),
  query(
    'fragments in fragments of one object',
    `{ accounts { ...f0 ...g0 } } ${repeat(20, (i) => `fragment f${i} on Account { health { ...h${i} } ${i < 19 ? `...f${i + 1}` : ''} } fragment g${i} on Account { health { state calls } ${i < 19 ? `...g${i + 1}` : ''} } fragment h${i} on AccountHealth { state calls lastProblem { code } }`)}`,
  ),
  query(
    'inline fragments of every type',
    `{ node(id: "a") { ${repeat(50, (i) => `... on ${['User', 'Account', 'Conference', 'Participant', 'Operation'][i % 5]!} { id ... on Node { id } }`)} } }`,
  ),
  query(
    'arguments of one field that differ late',
    `{ ${repeat(19, () => `users(first: 1, filter: { search: "${'a'.repeat(40_000)}", status: [${repeat(20, () => 'ACTIVE')}] }) { nodes { id } }`)} }`,
  ),
]

const vendors: readonly Hostile[] = [
  query(
    '19 sort orders',
    `{ ${repeat(19, (i) => `l${i}: users(filter: { accounts: ["${i % 3 ? 'zoom' : 'trueconf'}"] }, orderBy: { field: ${i % 2 ? 'EMAIL' : 'DISPLAY_NAME'} }) { edges { cursor } }`)} }`,
  ),
  query(
    '19 searches',
    `{ ${repeat(19, (i) => `l${i}: users(filter: { accounts: ["${i % 3 ? 'zoom' : 'trueconf'}"], search: "zzzz${i}" }) { nodes { id } }`)} }`,
  ),
  query(
    '19 pages of 100 with cursors',
    `{ ${repeat(19, (i) => `l${i}: users(first: 100, filter: { accounts: ["zoom"] }) { edges { cursor } }`)} }`,
  ),
  query(
    '19 sort orders of conferences',
    `{ ${repeat(19, (i) => `l${i}: conferences(filter: { accounts: ["trueconf"] }, orderBy: { field: TITLE }) { nodes { title } }`)} }`,
  ),
  query(
    '19 calendars in order',
    `{ ${repeat(19, (i) => `l${i}: conferences(filter: { startsFrom: "2030-01-${String(i + 1).padStart(2, '0')}T00:00:00Z", startsBefore: "2040-01-01T00:00:00Z" }, orderBy: { field: STARTS_AT }) { nodes { title } }`)} }`,
  ),
  query('raw objects of 100 conferences', '{ conferences(first: 100) { nodes { raw owner { raw } } } }'),
]

const headers: readonly Hostile[] = [
  withHeader('14,000 media types without a name', 'accept', ','.repeat(14_000)),
  withHeader('a media type of 14,000 tabs', 'content-type', `application/json;a=b${'\t'.repeat(14_000)}x;`),
]

export const hostileShapes: readonly Hostile[] = [
  ...headers,
  ...names,
  ...variables,
  ...bodies,
  ...documents,
  ...merged,
  ...vendors,
]
