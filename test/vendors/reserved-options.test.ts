import { getNullableType, isInputObjectType, type GraphQLInputObjectType } from 'graphql'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Account } from '../../src/vendors/accounts.ts'
import { schema } from '../../src/schema/index.ts'
import { imeetcentral } from '../../src/vendors/imeetcentral/index.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import type { ConferenceChanges, NewConference } from '../../src/vendors/vendor-inputs.ts'
import { newCall } from '../support/account.ts'
import { openOver } from './contract/open.ts'
import { toFixtureOptions } from './contract/fixtures.ts'
import { newConference } from './trueconf/client.ts'
import { startSandboxOf, type VendorSandbox } from '../support/sandbox.ts'

/** Fields of a conference of each vendor that a caller could send as an option. */
const vendors = [
  {
    definition: trueconf,
    options:
      'topic description owner type vad_selector schedule invitations max_participants allow_guests auto_invite tags id',
  },
  {
    definition: zoom,
    options:
      'topic agenda password type start_time duration timezone recurrence schedule_for tracking_fields ' +
      'settings.meeting_authentication settings.meeting_invitees',
  },
  { definition: imeetcentral, options: 'workspaceName description urlShortName workspaceType' },
]

/** A valid value for each input. */
const sample: Partial<NewConference> = {
  description: 'x',
  owner: { vendorId: 'helen', email: null },
  mode: 'MODERATED',
  schedule: { kind: 'permanent' },
  invite: [{ vendorId: null, email: 'x@example.com' }],
  maxParticipants: 9,
  allowGuests: true,
  autoInvite: true,
  passcode: '1234',
  tags: ['x'],
}

const optionOf = (name: string): Record<string, unknown> => {
  const [first, second] = name.split('.') as [string, string?]
  return { [first]: second === undefined ? [] : { [second]: [] } }
}

/** Returns the input that the error message names. Null if the option is not rejected because of an input. */
async function namedInput(sending: Promise<unknown>): Promise<string | null> {
  const { message } = await sending.then(
    () => ({ message: '' }),
    (error: unknown) => error as Error,
  )
  return /is set by "input\.([\w.]+)"/.exec(message)?.[1] ?? null
}

describe.each(vendors)('$definition.label', ({ definition, options }) => {
  let sandbox: VendorSandbox
  let account: Account
  beforeAll(async () => {
    sandbox = await startSandboxOf(definition, toFixtureOptions(definition).seed)
    account = openOver(definition, sandbox)
  })
  afterAll(async () => {
    await account.upstream.close()
    await sandbox.close()
  })
  const base = definition === imeetcentral ? { owner: null } : {}

  test.each(options.split(' '))(
    'refers to an input of creates that it supports, if it rejects the option %s',
    async (name) => {
      const { vendor } = account
      const create = (changes: Partial<NewConference>) =>
        vendor.createConference!(newConference({ ...base, ...changes }), newCall())
      const input = await namedInput(create({ vendorOptions: optionOf(name) }))
      if (input === null) return
      expectInput('CreateConferenceInput', input)
      const [field] = input.split('.') as [keyof NewConference]
      if (field !== 'title')
        await create({ [field]: sample[field] }).catch((error: unknown) =>
          expect(error).not.toMatchObject({ code: 'UNSUPPORTED_BY_VENDOR' }),
        )
    },
  )

  test.each(options.split(' '))(
    'refers to an input of updates that it supports, if it rejects the option %s',
    async (name) => {
      const { vendor } = account
      const update = (changes: ConferenceChanges) => vendor.updateConference!('1', changes, newCall())
      const input = await namedInput(update({ vendorOptions: optionOf(name) }))
      if (input === null) return
      expectInput('UpdateConferenceInput', input)
      const [field] = input.split('.') as [keyof ConferenceChanges]
      const changes = { [field]: field === 'title' ? 'x' : sample[field as keyof typeof sample] }
      await update(changes).catch((error: unknown) =>
        expect(error).not.toMatchObject({ code: 'UNSUPPORTED_BY_VENDOR' }),
      )
    },
  )
})

function expectInput(typeName: string, input: string): void {
  let type: unknown = schema.getType(typeName)
  for (const name of input.split('.')) {
    expect(isInputObjectType(type), `${typeName}.${input}`).toBe(true)
    const field = (type as GraphQLInputObjectType).getFields()[name]
    expect(field, `${typeName}.${input}`).toBeDefined()
    type = getNullableType(field!.type)
  }
}
