import { expect } from 'vitest'
import type { Payload, Reply } from '../reply.ts'
import type { Case } from '../row.ts'
import type { Fixture } from '../fixture.ts'

export const needs = ['createConference', 'deleteConference', 'runConference']

const told = 'outcome replayed clientMutationId problems { code message path } operation { id }'
export const create = `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { ${told} conference { id title } } }`
export const remove = `mutation ($input: DeleteConferenceInput!) { deleteConference(input: $input) { ${told} deletedConferenceId } }`
export const run = `mutation ($input: RunConferenceInput!) { runConference(input: $input) { ${told} startUrl conference { id } } }`

export type Key = 'zoom' | 'berlin' | 'central'
const startsAt = '2030-05-06T10:00:00Z'
export const oneTime = { startsAt, durationMinutes: 30, timeZone: 'Europe/Berlin' }
let made = 0

/** What each vendor takes, with `more` over it. */
export function inputFor(account: Key, { zoom }: Fixture, more: object = {}): object {
  const owner = { zoom: { email: zoom.userMailOfOwner }, berlin: { vendorId: 'helen' }, central: undefined }[account]
  const schedule = account === 'central' ? undefined : { oneTime }
  return { account, title: `Meeting ${++made}`, owner, schedule, ...more }
}

export const send = (account: Key, more: object) => (fixture: Fixture) =>
  fixture.query(create, { input: inputFor(account, fixture, more) })
export const payloadOf = ({ data, text }: Reply): Payload => {
  const [payload] = Object.values(data ?? {}) as Payload[]
  expect(payload, text).toBeDefined()
  return payload!
}

export function refused(
  what: string,
  account: Key,
  more: object,
  path: string[],
  code: Case['code'] = 'BAD_USER_INPUT',
): Case {
  const says = new RegExp(path.at(-1)!)
  const place = ['input', ...path]
  return {
    what: `${account}: ${what}`,
    send: send(account, more),
    status: 200,
    level: 'payload',
    code: code!,
    says,
    path: place,
  }
}

export const works = (what: string, account: Key, more: object): Case => ({
  what: `${account}: ${what}`,
  send: async (fixture) => {
    const reply = await send(account, more)(fixture)
    expect(payloadOf(reply), `${what}: ${reply.text}`).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })
    return reply
  },
  status: 200,
  level: 'works',
})

export const created = ({ trueconf }: Fixture) =>
  trueconf.effects.filter(({ kind }) => kind === 'createConference').length
