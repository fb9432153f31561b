import * as faults from '../../support/faults.ts'
import { createFault, runRows, type Failure, type InjectFault, type Row } from './row.ts'
import { closeAfterAll } from './run.ts'

const unavailable: Failure = { code: 'VENDOR_UNAVAILABLE' }
const bad: Failure = { code: 'VENDOR_BAD_RESPONSE' }
const forbidden: Failure = { code: 'VENDOR_FORBIDDEN' }
const missingScope: Failure = { code: 'VENDOR_FORBIDDEN', retryable: false, message: /scope/i }
const authFailed: Failure = { code: 'VENDOR_AUTH_FAILED', retryable: false }

const rejectAlways = (code: number, body: unknown = {}, headers: Record<string, string> = {}): InjectFault =>
  createFault(faults.reply({ status: code, body, headers }))
const rejectOnce = (code: number, body: unknown = {}): InjectFault =>
  createFault(faults.reply({ status: code, body }), { times: 1 })
const createBody = (code: number, reason: string, location?: string) => ({
  error: { code, message: 'No', errors: [{ reason, message: 'Not so', ...(location && { location }) }] },
})

const trueconfRejection = createBody(403, 'accessTokenInvalid')
const zoomRejection = { code: 124, message: 'Invalid access token.' }
const zoom = { slug: 'zoom' } as const
const central = { slug: 'imeetcentral' } as const

/** How each vendor rejects a token. Users of Zoom are read by status, in three lists. */
const rejectedTokens: [id: string, fixture: Row['fixture'] & {}, code: number, body: unknown, reads: number][] = [
  ['TrueConf, 403', {}, 403, trueconfRejection, 1],
  ['TrueConf, 401', {}, 401, createBody(401, 'unauthorized'), 1],
  ['Zoom, 401', zoom, 401, zoomRejection, 3],
  ['Zoom, code 124', zoom, 400, zoomRejection, 3],
  ['iMeet Central, 401', central, 401, { error: 'invalid_token' }, 1],
]

/** At iMeet Central, a mutation reads the workspace groups before its only write, and the workspace after it. */
const rows: Row[] = [
  ...rejectedTokens.flatMap(([id, fixture, code, body, reads]): Row[] => [
    {
      id: `[B40] one rejected token: ${id}`,
      fixture,
      injectFault: rejectOnce(code, body),
      read: 'data',
      write: 'SUCCEEDED',
      calls: [reads + 1, 2],
      renewals: 1,
    },
    {
      id: `[B41] the rejection of every token: ${id}`,
      fixture,
      injectFault: rejectAlways(code, body),
      read: authFailed,
      write: 'REJECTED',
      calls: [2, 2],
      renewals: 1,
      recovers: false,
    },
  ]),
  {
    id: '[B41] the rejection of a configured key',
    fixture: { hasSecretKey: true },
    injectFault: rejectAlways(401),
    read: authFailed,
    write: 'REJECTED',
    calls: [1, 1],
    renewals: 0,
  },
  ...[4700, 4711].flatMap((code) =>
    [400, 401].map((http): Row => ({
      id: `[B42] a missing scope: Zoom, ${code} as ${http}`,
      fixture: zoom,
      injectFault: rejectAlways(http, {
        code,
        message: 'Invalid access token, does not contain scopes:[user:read:admin].',
      }),
      read: missingScope,
      write: 'REJECTED',
      calls: [1, 1],
      renewals: 0,
    })),
  ),
  {
    id: '[B42] a missing scope: TrueConf',
    injectFault: rejectAlways(403, createBody(403, 'forbidden')),
    read: missingScope,
    write: 'REJECTED',
    calls: [1, 1],
    renewals: 0,
  },
  ...([{}, zoom, central] as const).map((fixture): Row => ({
    id: `[B43] another status 403: ${'slug' in fixture ? fixture.slug : 'trueconf'}`,
    fixture,
    injectFault: rejectAlways(403),
    read: forbidden,
    write: 'REJECTED',
    calls: [1, 1],
    renewals: 0,
  })),
  ...([{}, zoom, central] as const).map((fixture): Row => ({
    id: `[B44] status 404: ${'slug' in fixture ? fixture.slug : 'trueconf'}`,
    fixture,
    injectFault: rejectAlways(404),
    read: bad,
    write: 'REJECTED',
    writeCode: 'NOT_FOUND',
    calls: [1, 1],
  })),
  {
    id: '[B45] status 409',
    injectFault: rejectAlways(409),
    write: 'REJECTED',
    writeCode: 'VENDOR_CONFLICT',
    calls: [0, 1],
  },
  { id: '[B53] status 500 (once)', injectFault: rejectOnce(500), read: 'data', write: 'UNKNOWN', calls: [2, 1] },
  {
    id: '[B54] a permanent status 503',
    injectFault: rejectAlways(503),
    read: unavailable,
    write: 'UNKNOWN',
    calls: [3, 1],
  },
  {
    id: '[B58] an error with status 200: Zoom',
    fixture: zoom,
    injectFault: rejectAlways(200, { code: 300, message: 'Validation Failed.' }),
    read: { code: 'VENDOR_REJECTED', retryable: false },
    write: 'REJECTED',
    calls: [1, 1],
  },
  {
    id: '[B58] an error with status 200: TrueConf',
    injectFault: rejectAlways(200, createBody(400, 'invalid')),
    read: { code: 'VENDOR_REJECTED', retryable: false },
    write: 'REJECTED',
    calls: [1, 2],
  },
]

runRows(rows)
closeAfterAll('rejections')
