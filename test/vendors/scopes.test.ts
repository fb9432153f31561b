import { describe, expect, test } from 'vitest'
import type { AnyVendor } from '../../src/vendors/definition.ts'
import type { Capability } from '../../src/vendors/kit/capability.ts'
import { trueconf } from '../../src/vendors/trueconf/index.ts'
import { allScopes } from '../../src/sandboxes/trueconf/scopes.ts'
import type { TrueConfSandbox } from '../../src/sandboxes/trueconf/index.ts'
import { zoom } from '../../src/vendors/zoom/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { createFile, scenarios, type Scenario } from '../operations/scenarios.ts'
import { mutate, open, type Opened } from '../operations/open.ts'

const definitions: Record<string, AnyVendor> = { zoom, trueconf }

const seeds: Record<string, object> = {
  zoom: { seed: { active: 20, inactive: 1, pending: 1 } },
  trueconf: { users: 20, groups: 1, conferences: 20, running: 1 },
}
const openSmall = (vendor: string): Promise<Opened> => open(definitions[vendor]!, { seed: seeds[vendor]! })

/** Lists the scopes of a capability, each by one of its names. */
function listScopes(vendor: string, capability: Capability, name: 'first' | 'last' = 'first'): string[] {
  const missing = definitions[vendor]!.findMissingScopes!([])
  const { scopes } = missing.find((each) => each.capability === capability)!
  return scopes.map((names) => names.at(name === 'first' ? 0 : -1)!)
}

/** Limits the tokens to these scopes from now on. Null: all scopes. */
function setScopes(vendor: string, { sandbox }: Opened, scopes: string[] | null): void {
  if (vendor === 'zoom') (sandbox as ZoomSandbox).switches.scopes = scopes
  else for (const client of (sandbox as TrueConfSandbox).data.clients.values()) client.scopes = scopes ?? allScopes
  ;(sandbox as ZoomSandbox | TrueConfSandbox).revokeTokens()
}

const isPicture = ({ write }: Scenario): boolean => /picture|avatar/.test(String(write.path))

function findCapability(scenario: Scenario): Capability {
  if (scenario.mutation === 'uploadFile') return isPicture(scenario) ? 'UPLOAD_AVATAR' : 'UPLOAD_CONFERENCE_FILE'
  return scenario.mutation.replace(/[A-Z]/, (letter) => `_${letter}`).toUpperCase() as Capability
}

const own = scenarios
  .filter(({ vendor }) => vendor in definitions)
  .map((scenario) => [scenario.vendor, findCapability(scenario), scenario] as const)

async function run(opened: Opened, { mutation }: Scenario, input: object): Promise<Record<string, any>> {
  const file = mutation === 'uploadFile' ? { file: createFile(Buffer.from('picture'), 'a.png', 'image/png') } : {}
  return mutate(opened, mutation, { ...input, ...file })
}

/** The field `participant.user` of the payload requires these scopes. */
const readingOfPayload = ['user:read:user:admin', 'users:read']

// The scopes for an invitation or a removal depend on the state of the conference.
describe('findMissingScopes', () => {
  test.each(own)('%s names scopes that are enough for %s', async (vendor, capability, scenario) => {
    const opened = await openSmall(vendor)
    for (const name of ['first', 'last'] as const) {
      setScopes(vendor, opened, null)
      const input = await scenario.prepare(opened)
      setScopes(vendor, opened, [...listScopes(vendor, capability, name), ...readingOfPayload])
      expect(await run(opened, scenario, input)).toMatchObject({ outcome: 'SUCCEEDED', problems: [] })
    }
  })

  test.each(own.filter(([, capability]) => !capability.endsWith('_PARTICIPANT')))(
    '%s names no scope that %s does not need',
    async (vendor, capability, scenario) => {
      const scopes = listScopes(vendor, capability)
      for (const missing of scopes) {
        const opened = await openSmall(vendor)
        const input = await scenario.prepare(opened)
        setScopes(
          vendor,
          opened,
          scopes.filter((scope) => scope !== missing),
        )
        const { problems } = await run(opened, scenario, input)
        expect([missing, problems.map(({ code }: { code: string }) => code)]).toEqual([
          missing,
          expect.arrayContaining(['VENDOR_FORBIDDEN']),
        ])
      }
    },
  )

  test.each([
    ['zoom', 'LIST_USERS', '{ users(first: 5) { sources { status problem { code } } } }', 'users'],
    ['zoom', 'LIST_CONFERENCES', '{ conferences(first: 5) { sources { status problem { code } } } }', 'conferences'],
    ['trueconf', 'LIST_USERS', '{ users(first: 5) { sources { status problem { code } } } }', 'users'],
    [
      'trueconf',
      'LIST_CONFERENCES',
      '{ conferences(first: 5) { sources { status problem { code } } } }',
      'conferences',
    ],
  ] as const)('%s names the scopes of %s', async (vendor, capability, query, field) => {
    const scopes = listScopes(vendor, capability)
    const allowed = await openSmall(vendor)
    setScopes(vendor, allowed, scopes)
    const { [field]: complete } = await allowed.execute(query)
    expect(complete.sources).toEqual([{ status: 'OK', problem: null }])
    for (const missing of scopes) {
      const opened = await openSmall(vendor)
      setScopes(vendor, opened, [...scopes.filter((scope) => scope !== missing), 'other:read'])
      const error = await opened.execute(query).catch((reason: Error) => reason.cause)
      expect(error).toMatchObject({ originalError: { code: 'VENDOR_FORBIDDEN' } })
    }
  })

  test('accepts classic scopes of Zoom, and those of a user or a master account', () => {
    const classic = ['user:read:admin', 'user:write:admin', 'meeting:read:admin', 'meeting:write:admin']
    const rest = [
      'dashboard_meetings:read:admin',
      'chat_message:write:admin',
      'recording:read:admin',
      'recording:write:admin',
      'report:read:admin',
    ]
    expect(zoom.findMissingScopes!([...classic, ...rest])).toEqual([])
    expect(zoom.findMissingScopes!(classic).map(({ capability }) => capability)).toEqual([
      'LIST_PARTICIPANTS',
      'LIST_RECORDINGS',
      'LIST_SESSIONS',
      'DELETE_RECORDING',
      'UPLOAD_CONFERENCE_FILE',
    ])
    const names = (scope: string) => zoom.findMissingScopes!([scope]).map(({ capability }) => capability)
    for (const scope of ['meeting:delete:meeting', 'meeting:delete:meeting:master'])
      expect(names(scope)).not.toContain('DELETE_CONFERENCE')
  })
})
