import { expect } from 'vitest'
import type { Payload, Reply } from '../reply.ts'
import type { Case } from '../row.ts'
import type { Fixture } from '../fixture.ts'

export const needs = ['createConference', 'deleteConference', 'runConference']

const resultFields = 'outcome replayed clientMutationId problems { code message path } operation { id }'
export const create = `mutation ($input: CreateConferenceInput!) { createConference(input: $input) { ${resultFields} conference { id title } } }`
export const remove = `mutation ($input: DeleteConferenceInput!) { deleteConference(input: $input) { ${resultFields} deletedConferenceId } }`
export const run = `mutation ($input: RunConferenceInput!) { runConference(input: $input) { ${resultFields} startUrl conference { id } } }`

export type AccountKey = 'zoom' | 'berlin' | 'central'
const startsAt = '2030-05-06T10:00:00Z'
export const oneTime = { startsAt, durationMinutes: 30, timeZone: 'Europe/Berlin' }
let createdCount = 0

/** Creates an input that the vendor of the account accepts. @param more Replaces fields of the input. */
export function createInput(account: AccountKey, { zoom }: Fixture, more: object = {}): object {
  const owner = { zoom: { email: zoom.userMailOfOwner }, berlin: { vendorId: 'helen' }, central: undefined }[account]
  const schedule = account === 'central' ? undefined : { oneTime }
  return { account, title: `Meeting ${++createdCount}`, owner, schedule, ...more }
}

export const createSender = (account: AccountKey, more: object) => (fixture: Fixture) =>
  fixture.query(create, { input: createInput(account, fixture, more) })
export const getPayload = ({ data, text }: Reply): Payload => {
  const [payload] = Object.values(data ?? {}) as Payload[]
  expect(payload, text).toBeDefined()
  return payload!
}

export function createRejected(
  name: string,
  account: AccountKey,
  more: object,
  path: string[],
  code: Case['code'] = 'BAD_USER_INPUT',
): Case {
  const message = new RegExp(path.at(-1)!)
  return {
    name: `${account}: ${name}`,
    send: createSender(account, more),
    status: 200,
    level: 'payload',
    code: code!,
    message,
    path: ['input', ...path],
  }
}

export const createAccepted = (name: string, account: AccountKey, more: object): Case => ({
  name: `${account}: ${name}`,
  send: async (fixture) => {
    const reply = await createSender(account, more)(fixture)
    expect(getPayload(reply), `${name}: ${reply.text}`).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })
    return reply
  },
  status: 200,
  level: 'works',
})

export const countCreated = ({ trueconf }: Fixture) =>
  trueconf.effects.filter(({ kind }) => kind === 'createConference').length
