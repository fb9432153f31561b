import { GraphQLError } from 'graphql'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { Effect, Sandbox } from '../../src/sandboxes/kit.ts'
import { vendors } from '../../src/vendors/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { listChanges, startAlteringProxy, selectChanges, type Change } from '../vendors/contract/altered-responses.ts'
import { mutate, open, type Opened } from './open.ts'
import { prepareConference, createFile, scenarios, type Scenario } from './scenarios.ts'

/** A PNG file, which every vendor accepts as an avatar. */
const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 7)])

type Case = Pick<Scenario, 'vendor' | 'mutation' | 'effects' | 'prepare'> & { label: string }

/** Mutations without an effect at the vendor. */
const casesWithoutEffect: Case[] = [
  {
    vendor: 'zoom',
    mutation: 'issueUserToken',
    label: 'of a ZAK',
    effects: [],
    prepare: async ({ sandbox, encodeId }) => ({
      userId: encodeId('User', (sandbox as ZoomSandbox).data.users[0]!.id),
    }),
  },
  { vendor: 'zoom', mutation: 'runConference', label: 'by its link', effects: [], prepare: prepareConference('zoom') },
]
const cases: Case[] = [
  ...scenarios.map((scenario) => ({ ...scenario, label: `by ${String(scenario.write.path)}` })),
  ...casesWithoutEffect,
]

async function run(opened: Opened, { mutation, prepare, effects }: Case, before: () => void) {
  const prepared = await prepare(opened)
  before()
  const effectsBefore = opened.sandbox.effects.length
  const input = mutation === 'uploadFile' ? { ...prepared, file: createFile(picture) } : prepared
  const result = await mutate(opened, mutation, input).catch(acceptProblem)
  // If the changed response has no chat of the meeting, the file is posted to the chat of the host.
  const isOwn = ({ kind, detail }: Effect): boolean =>
    effects.includes(kind) || (detail as { postedToPersonalChat?: boolean } | undefined)?.postedToPersonalChat === true
  return { result, effectCount: opened.sandbox.effects.slice(effectsBefore).filter(isOwn).length }
}

/** Returns an unknown outcome for a Problem in a field of the payload, which is read after the mutation. @throws Every other error. */
function acceptProblem(error: Error): { outcome: null } {
  let { cause } = error
  // If another test has started a server in this process, the schema wraps problems.
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  if (!(cause instanceof Problem) || cause.code === 'INTERNAL') throw error
  return { outcome: null }
}

describe.each(vendors)('$label', (definition) => {
  const vendorCases = cases.filter(({ vendor }) => vendor === definition.slug)

  test.each(vendorCases)(
    '$mutation $label reports a true outcome for any change in the responses',
    async (testCase) => {
      let proxy: Awaited<ReturnType<typeof startAlteringProxy>> | undefined
      const startProxy = async ({ url }: Sandbox) => (proxy = await startAlteringProxy(url)).url
      const opened = await open(definition, { startProxy, upstream: { attempts: 1 } })
      const setChange = (change: Change | null) => () => void (proxy!.change = change)
      const { result } = await run(opened, testCase, setChange(null))
      expect(result.outcome).toBe('SUCCEEDED')
      const changes = proxy!.responses.flatMap((body, number) => listChanges(number, body))
      for (const change of selectChanges(changes, 3)) {
        const { result, effectCount } = await run(opened, testCase, setChange(change))
        const description = `${JSON.stringify(change)}: ${JSON.stringify(result)}`
        expect(effectCount, description).toBeLessThanOrEqual(1)
        if (testCase.effects.length > 0 && result.outcome === 'SUCCEEDED') expect(effectCount, description).toBe(1)
        if (result.outcome === 'REJECTED' || result.outcome === 'NOT_SENT') expect(effectCount, description).toBe(0)
        expect(description).not.toContain('INTERNAL')
        setChange(null)()
      }
      expect(opened.internalErrors).toEqual([])
      proxy!.close()
    },
  )
})
