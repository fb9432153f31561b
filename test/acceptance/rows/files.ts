import { expect } from 'vitest'
import { ask, type Payload } from '../reply.ts'
import type { Case, Row } from '../row.ts'
import type { Fixture } from '../fixture.ts'
import { fileOf, MiB, needs, send, upload, type Target } from './uploads.ts'

const names: [given: string, kept: RegExp][] = [
  ['../../etc/passwd', /^passwd$/],
  ['C:\\x', /^x$/],
  ['CON', /^CON$/],
  ['a'.repeat(300), /^a{255}$/],
  ['...', /^\w+$/],
  ['日本.txt', /^日本\.txt$/],
  ['a\u202Egpj.exe', /^agpj\.exe$/],
]

/** Characters that some tools take for white space or for the end of a line, and that no header can hold. */
const separators = ['\n', '\r', '\v', '\f', '\0', '\x1c', '\x7f', '\x85', '\xa0', '\u2028', '\u2029', '\ufeff', '語']

async function keptName(fixture: Fixture, name: string): Promise<string> {
  const reply = await send(fileOf('some bytes'), { name })(fixture)
  const payload = reply.data?.['uploadFile'] as Payload
  expect(payload, `${name}: ${reply.text}`).toMatchObject({ outcome: 'SUCCEEDED' })
  const attached = fixture.central.effects.findLast(({ kind }) => kind === 'attachFile')
  const { name: sent } = attached!.detail as { name: string }
  expect((payload['file'] as { name: string }).name).toBe(sent)
  return sent
}

function malformed(what: string, parts: [string, string | File][], says: RegExp): Case {
  const form = () => {
    const body = new FormData()
    for (const [name, value] of parts) body.append(name, value)
    return body
  }
  return {
    what,
    send: (fixture) => fixture.ask({ form: form() }),
    status: 400,
    level: 'request',
    code: 'BAD_USER_INPUT',
    says,
  }
}

const operations: [string, string] = [
  'operations',
  JSON.stringify({ query: upload, variables: { input: { file: null, target: { account: 'central' } } } }),
]
const map: [string, string] = ['map', '{"0":["variables.input.file"]}']
const part = (name = '0'): [string, File] => [name, fileOf('some bytes')]
const mapOf = (value: object): [string, string] => ['map', JSON.stringify(value)]
const times = <T>(count: number, make: (index: number) => T) => Array.from({ length: count }, (_, index) => make(index))

const withBoundary = (what: string, type: string): Case => ({
  what,
  send: (fixture) =>
    ask(fixture.open, { headers: { 'content-type': type, 'x-parley-csrf': '1' }, body: `--x\r\n\r\n--x--` }),
  status: 400,
  level: 'request',
  code: 'BAD_USER_INPUT',
  says: /boundary/,
})

const rejected = (what: string, file: File, more: object, code: Case['code'], path: string, target?: Target): Case => ({
  what,
  send: send(file, more, target),
  status: 200,
  level: 'payload',
  code: code!,
  path: ['input', path],
})

export const fileRows: Row[] = [
  {
    id: 'C21',
    title: 'removes line breaks from a file name',
    needs,
    check: async (fixture) => expect(await keptName(fixture, 'a\r\nX-Evil: 1.txt')).toBe('aX-Evil: 1.txt'),
  },
  {
    id: 'C23',
    title: 'keeps or cleans unusual file names',
    needs,
    check: async (fixture) => {
      for (const [name, kept] of names) expect(await keptName(fixture, name), name).toMatch(kept)
    },
  },
  {
    id: 'C24',
    title: 'a file without bytes',
    needs,
    cases: (['conference', 'library', 'zoom conference', 'avatar', 'zoom avatar'] as const).map((target) =>
      rejected(target, fileOf(''), {}, 'UPLOAD_EMPTY', 'file', target),
    ),
  },
  {
    id: 'C29',
    title: 'rejects malformed multipart requests',
    cases: [
      malformed(
        '10,000 paths',
        [operations, mapOf(Object.fromEntries(times(10_000, (i) => [i, ['variables.input.file']])))],
        /limit is 10/,
      ),
      malformed('a part missing', [operations, map], /missing/),
      malformed('a part too many', [operations, map, part('9'), part()], /map/),
      { ...malformed('a part twice', [operations, map, part(), part()], /only once/), begun: true },
      malformed('files first', [part(), operations, map], /"operations", then "map"/),
      malformed(
        'one file twice',
        [operations, mapOf({ 0: ['variables.input.file', 'variables.b'] }), part()],
        /one path/,
      ),
      {
        ...malformed('1,000 parts', [operations, map, ...times(1_000, (i) => part(String(i)))], /limit is 10|map/),
        begun: true,
      },
      withBoundary('no boundary', 'multipart/form-data'),
      withBoundary('a boundary of 10 kB', `multipart/form-data; boundary=${'x'.repeat(10_000)}`),
    ],
  },
  {
    id: 'C30',
    title: 'paths to prototypes',
    cases: ['variables.__proto__.x', 'variables.constructor.prototype.x', 'query', 'variables.input.file.x'].map(
      (path) => malformed(path, [operations, mapOf({ 0: [path] }), part()], /path in "map"/),
    ),
    check: async () => expect(({} as { x?: unknown }).x).toBeUndefined(),
  },
  {
    id: 'C31',
    title: 'media types',
    needs,
    cases: [
      {
        what: 'a script in an image',
        send: send(fileOf('<svg><script>alert(1)</script></svg>', 'a.png', 'image/png')),
        status: 200,
        level: 'works',
      },
      rejected('no type', fileOf('a'), { contentType: 'no type' }, 'BAD_USER_INPUT', 'contentType'),
      rejected('two lines', fileOf('a'), { contentType: 'text/plain\r\nX-Evil: 1' }, 'BAD_USER_INPUT', 'contentType'),
      ...separators.flatMap((separator) => {
        const code = separator.codePointAt(0)!.toString(16)
        return [`a/b;${separator}c=d`, `a/b${separator};c=d`, `a/b;c="${separator}"`, `a/b${separator}`].map(
          (contentType, place) =>
            rejected(
              `U+${code} at place ${place + 1}`,
              fileOf('a'),
              { contentType },
              'BAD_USER_INPUT',
              'contentType',
              'library',
            ),
        )
      }),
    ],
    check: async ({ central }) => {
      const { contentType } = central.effects.findLast(({ kind }) => kind === 'uploadFile')!.detail as {
        contentType: string
      }
      expect(contentType).toBe('image/png')
    },
  },
  {
    id: 'C90',
    title: 'a picture larger than the vendor accepts',
    needs,
    cases: [
      {
        ...rejected(
          '2 MiB and a byte',
          new File([new Uint8Array(2 * MiB + 1)], 'me.png', { type: 'image/png' }),
          {},
          'PAYLOAD_TOO_LARGE',
          'file',
          'zoom avatar',
        ),
        says: /2 MiB/,
      },
    ],
  },
]
