import * as faults from '../../support/faults.ts'
import { faulty, runRows, type Failure, type Row, type Spoil } from './row.ts'
import { closeAfterAll } from './run.ts'

const unavailable: Failure = { code: 'VENDOR_UNAVAILABLE' }
const bad: Failure = { code: 'VENDOR_BAD_RESPONSE' }
const forbidden: Failure = { code: 'VENDOR_FORBIDDEN' }
const scopeless: Failure = { code: 'VENDOR_FORBIDDEN', retryable: false, says: /scope/i }
const dead: Failure = { code: 'VENDOR_AUTH_FAILED', retryable: false }

const status = (code: number, body: unknown = {}, headers: Record<string, string> = {}): Spoil =>
  faulty(faults.reply({ status: code, body, headers }))
const once = (code: number, body: unknown = {}): Spoil => faulty(faults.reply({ status: code, body }), { times: 1 })
const reason = (code: number, word: string, location?: string) => ({
  error: { code, message: 'No', errors: [{ reason: word, message: 'Not so', ...(location && { location }) }] },
})

const trueconfDead = reason(403, 'accessTokenInvalid')
const zoomDead = { code: 124, message: 'Invalid access token.' }
const zoom = { slug: 'zoom' } as const
const central = { slug: 'imeetcentral' } as const

/** The words of each vendor for a token that it takes no more. Zoom reads users by status, in three lists. */
const deadTokens: [id: string, fixture: Row['fixture'] & {}, code: number, body: unknown, reads: number][] = [
  ['TrueConf, 403', {}, 403, trueconfDead, 1],
  ['TrueConf, 401', {}, 401, reason(401, 'unauthorized'), 1],
  ['Zoom, 401', zoom, 401, zoomDead, 3],
  ['Zoom, code 124', zoom, 400, zoomDead, 3],
  ['iMeet Central, 401', central, 401, { error: 'invalid_token' }, 1],
]

/** Of iMeet Central a mutation reads the workspace groups before and the workspace after its one write. */
const rows: Row[] = [
  ...deadTokens.flatMap(([id, fixture, code, body, reads]): Row[] => [
    {
      id: `[B40] dead token once: ${id}`,
      fixture,
      spoil: once(code, body),
      read: 'data',
      write: 'SUCCEEDED',
      calls: [reads + 1, 2],
      renewals: 1,
    },
    {
      id: `[B41] dead token always: ${id}`,
      fixture,
      spoil: status(code, body),
      read: dead,
      write: 'REJECTED',
      calls: [2, 2],
      renewals: 1,
      recovers: false,
    },
  ]),
  {
    id: '[B41] a configured key that is refused',
    fixture: { key: true },
    spoil: status(401),
    read: dead,
    write: 'REJECTED',
    calls: [1, 1],
    renewals: 0,
  },
  ...[4700, 4711].flatMap((code) =>
    [400, 401].map((http): Row => ({
      id: `[B42] missing scope: Zoom, ${code} as ${http}`,
      fixture: zoom,
      spoil: status(http, { code, message: 'Invalid access token, does not contain scopes:[user:read:admin].' }),
      read: scopeless,
      write: 'REJECTED',
      calls: [1, 1],
      renewals: 0,
    })),
  ),
  {
    id: '[B42] missing scope: TrueConf',
    spoil: status(403, reason(403, 'forbidden')),
    read: scopeless,
    write: 'REJECTED',
    calls: [1, 1],
    renewals: 0,
  },
  ...([{}, zoom, central] as const).map((fixture): Row => ({
    id: `[B43] any other 403: ${'slug' in fixture ? fixture.slug : 'trueconf'}`,
    fixture,
    spoil: status(403),
    read: forbidden,
    write: 'REJECTED',
    calls: [1, 1],
    renewals: 0,
  })),
  ...([{}, zoom, central] as const).map((fixture): Row => ({
    id: `[B44] 404: ${'slug' in fixture ? fixture.slug : 'trueconf'}`,
    fixture,
    spoil: status(404),
    read: bad,
    write: 'REJECTED',
    writeCode: 'NOT_FOUND',
    calls: [1, 1],
  })),
  {
    id: '[B45] 409',
    spoil: status(409),
    write: 'REJECTED',
    writeCode: 'VENDOR_CONFLICT',
    calls: [0, 1],
  },
  { id: '[B53] 500 once', spoil: once(500), read: 'data', write: 'UNKNOWN', calls: [2, 1] },
  { id: '[B54] 503 for long', spoil: status(503), read: unavailable, write: 'UNKNOWN', calls: [3, 1] },
  {
    id: '[B58] an error inside a 200: Zoom',
    fixture: zoom,
    spoil: status(200, { code: 300, message: 'Validation Failed.' }),
    read: { code: 'VENDOR_REJECTED', retryable: false },
    write: 'REJECTED',
    calls: [1, 1],
  },
  {
    id: '[B58] an error inside a 200: TrueConf',
    spoil: status(200, reason(400, 'invalid')),
    read: { code: 'VENDOR_REJECTED', retryable: false },
    write: 'REJECTED',
    calls: [1, 2],
  },
]

runRows(rows)
closeAfterAll('refusals')
