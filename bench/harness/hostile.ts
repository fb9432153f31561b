import { multipart } from './client.ts'
import { hostileShapes } from './hostile-shapes.ts'

/** A request that would be expensive to process for its size. All are rows C of the input matrix. */
export interface Hostile {
  name: string
  body: string | Buffer
  headers?: Record<string, string>
  /** Allowed error codes, by status. */
  status: number[]
}

/** Media type in which rejections are reported by the status. */
export const strictHeaders = { 'content-type': 'application/json', accept: 'application/graphql-response+json' }

const repeat = (times: number, text: (index: number) => string): string =>
  Array.from({ length: times }, (_, index) => text(index)).join(' ')
const nested = (levels: number): string => `${'{ node(id: "x") '.repeat(levels)}{ id }${'}'.repeat(levels)}`
const query = (name: string, text: string, variables: object = {}): Hostile => {
  return { name, body: JSON.stringify({ query: text, variables }), status: [400] }
}
/** Rejected by the field, in a response with data. */
const field = (name: string, text: string, variables: object = {}): Hostile => ({
  ...query(name, text, variables),
  status: [200, 400],
})

/** Rejected in its payload, without a vendor call. */
const mutation = (name: string, more: object): Hostile =>
  field(name, 'mutation($input: CreateConferenceInput!) { createConference(input: $input) { outcome } }', {
    input: { account: 'trueconf', title: 'x', owner: { vendorId: 'helen' }, ...more },
  })

/** The variable decides in another operation whether a field is skipped. */
const condition = (name: string, type: string, selection: string, variables: object): Hostile => {
  const kind = selection.startsWith('create') ? 'mutation' : 'query'
  const text = `${kind} A($x: ${type}) { ${selection} } query B($x: Boolean!) { __typename @skip(if: $x) }`
  return { name, body: JSON.stringify({ query: text, operationName: 'A', variables }), status: [200, 400] }
}

const doubling = repeat(30, (i) => `fragment F${i} on Query { ...F${i + 1} ...F${i + 1} }`)
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
const upload =
  'mutation($file: File!) { uploadFile(input: { file: $file, target: { account: "imeetcentral" } }) { outcome } }'
const file = { name: 'a.bin', type: 'application/octet-stream', bytes: Buffer.alloc(0) }

function formWithMap(name: string, map: object): Hostile {
  const { body, headers } = multipart({ query: upload, variables: { file: null } }, file)
  const changed = body.toString('latin1').replace('{"0":["variables.file"]}', JSON.stringify(map))
  return { name, body: Buffer.from(changed, 'latin1'), headers, status: [400, 413] }
}

function fileOfType(name: string, contentType: string): Hostile {
  const input = `{ file: $file, contentType: ${JSON.stringify(contentType)}, target: { account: "imeetcentral" } }`
  const document = `mutation($file: File!) { uploadFile(input: ${input}) { outcome } }`
  const form = multipart({ query: document, variables: { file: null } }, { ...file, bytes: Buffer.from('x') })
  return { name, ...form, status: [200] }
}

export const hostile: readonly Hostile[] = [
  fileOfType('C31: a media type that no header can hold', 'a/b;\fc=d'),
  query('C50: fragments that double', `{ ...F0 } ${doubling} fragment F30 on Query { __typename }`),
  query('fragments in a circle', '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }'),
  query('C42: 1,000 levels', nested(1_000)),
  query('C42: 20,000 levels', nested(20_000)),
  query('C43: 10,000 aliases', `{ ${repeat(10_000, (i) => `a${i}: __typename`)} }`),
  query('C44: one field 3,000 times', `{ ${repeat(3_000, () => 'accounts { key }')} }`),
  query('500 directives', `{ __typename ${repeat(500, () => '@skip(if: false)')} }`),
  query(
    'C50: a million nodes',
    '{ users(first: 100) { nodes { conferences(first: 100) { nodes { participants(first: 100) { nodes { id } } } } } } }',
  ),
  query('C47: 900,000 characters of nothing', `{ __typename ${'#'.repeat(900_000)}`),
  field('C47: one literal of a million characters', `{ node(id: "${'A'.repeat(1_000_000)}") { id } }`),
  { name: 'C47: 1 MiB and a byte', body: ' '.repeat(1024 * 1024 + 1), status: [413] },
  query(
    'introspection in depth',
    `{ __schema { types { ${'fields { type { '.repeat(30)} name ${'} }'.repeat(30)} } } }`,
  ),
  query('C51: 21 root fields', `{ ${repeat(21, (i) => `r${i}: accounts { key }`)} }`),
  field(
    'C07: a cursor of 100 kB',
    '{ users(after: $after) { nodes { id } } }'.replace('{', 'query($after: String) {'),
    { after: 'A'.repeat(100_000) },
  ),
  query('C48: 100,000 ids', 'query($ids: [ID!]!) { nodes(ids: $ids) { id } }', { ids: Array(100_000).fill('x') }),
  { name: 'C48: variables 100,000 deep', body: `{"query":"{ __typename }","variables":{"a":${deep}}}`, status: [400] },
  { name: 'C49: a batch of 1,000', body: `[${Array(1_000).fill('{"query":"{ __typename }"}').join()}]`, status: [400] },
  field('C75: an id of 50 kB', 'query($id: ID!) { node(id: $id) { id } }', { id: `${'a@'.repeat(25_000)}!` }),
  field(
    'C75: an address of 50 kB',
    'query($email: EmailAddress) { users(filter: { email: $email }) { nodes { id } } }',
    {
      email: `${'a.'.repeat(25_000)}@`,
    },
  ),
  mutation('C41a: a description of 900 kB', { description: 'x'.repeat(900_000) }),
  mutation('C41a: an idempotency key of 900 kB', { idempotencyKey: 'x'.repeat(900_000) }),
  mutation('C41a: 900 tags of 1 kB', { tags: Array(900).fill('x'.repeat(1_000)) }),
  mutation('C41a: vendor options of 900 kB', { vendorOptions: { a: Array(900).fill('x'.repeat(1_000)) } }),
  mutation('C41a: a rule of 900 kB', {
    schedule: {
      recurring: {
        rrule: `FREQ=DAILY;BYDAY=${'MO,'.repeat(300_000)}`,
        startsAt: '2030-05-06T10:00:00Z',
        durationMinutes: 30,
        timeZone: 'UTC',
      },
    },
  }),
  condition(
    'C41a: 900 kB in a condition of another operation',
    'String',
    'users(filter: { search: $x }) { nodes { id } }',
    {
      x: 'x'.repeat(900_000),
    },
  ),
  condition(
    'C41a: an object without a text in a condition of another operation',
    'JSON',
    'createConference(input: { account: "trueconf", title: "x", owner: { vendorId: "helen" }, vendorOptions: $x }) { outcome }',
    { x: { toString: 1, valueOf: 1, topic: 1, tags: 1 } },
  ),
  { name: 'C65: an object that never ends', body: `{"query":"${'{'.repeat(500_000)}`, status: [400] },
  { name: 'C52: half a megabyte of no UTF-8', body: Buffer.alloc(500_000, 0xff), status: [400] },
  formWithMap('C29: a map of 10,000 paths', { 0: Array.from({ length: 10_000 }, (_, i) => `variables.f${i}`) }),
  formWithMap('C30: a map into the prototype', { 0: ['variables.__proto__.x'] }),
  {
    name: 'C29: 1,000 parts',
    body: `${repeat(1_000, (i) => `--b\r\nContent-Disposition: form-data; name="p${i}"\r\n\r\nx\r\n`).replaceAll('\r\n --b', '\r\n--b')}--b--\r\n`,
    headers: { 'content-type': 'multipart/form-data; boundary=b', 'x-parley-csrf': '1' },
    status: [400],
  },
  ...hostileShapes,
]
