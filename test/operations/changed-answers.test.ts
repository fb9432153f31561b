import { GraphQLError } from 'graphql'
import { describe, expect, test } from 'vitest'
import { Problem } from '../../src/core/errors.ts'
import type { Effect, Sandbox } from '../../src/sandboxes/kit.ts'
import { vendors } from '../../src/vendors/index.ts'
import type { ZoomSandbox } from '../../src/sandboxes/zoom/index.ts'
import { changesOf, startMeddler, tried, type Change } from '../vendors/contract/answers.ts'
import { mutate, open, type Opened } from './open.ts'
import { conferenceOf, fileOf, scenarios, type Scenario } from './scenarios.ts'

/** Of a kind that every vendor takes as an avatar. */
const picture = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.alloc(100, 7)])

type Case = Pick<Scenario, 'vendor' | 'mutation' | 'effects' | 'prepare'> & { what: string }

/** Those that do nothing that counts, beside those that do. */
const harmless: Case[] = [
  {
    vendor: 'zoom',
    mutation: 'issueUserToken',
    what: 'of a ZAK',
    effects: [],
    prepare: async ({ sandbox, id }) => ({ userId: id('User', (sandbox as ZoomSandbox).data.users[0]!.id) }),
  },
  { vendor: 'zoom', mutation: 'runConference', what: 'by its link', effects: [], prepare: conferenceOf('zoom') },
]
const cases: Case[] = [...scenarios.map((each) => ({ ...each, what: `by ${String(each.write.path)}` })), ...harmless]

async function run(opened: Opened, { mutation, prepare, effects }: Case, before: () => void) {
  const prepared = await prepare(opened)
  before()
  const since = opened.sandbox.effects.length
  const input = mutation === 'uploadFile' ? { ...prepared, file: fileOf(picture) } : prepared
  const result = await mutate(opened, mutation, input).catch(typed)
  // A Zoom meeting that seems to have no chat of its own has its file in the host's.
  const isOwn = ({ kind, detail }: Effect): boolean =>
    effects.includes(kind) || (detail as { postedToPersonalChat?: boolean } | undefined)?.postedToPersonalChat === true
  return { result, done: opened.sandbox.effects.slice(since).filter(isOwn).length }
}

/** An error of ours in a field of the payload, which is looked up once the mutation is through. */
function typed(error: Error): { outcome: null } {
  let { cause } = error
  // A server that was started in this process wraps the problems of the schema that it shares with this file.
  while (cause instanceof GraphQLError && cause.originalError) cause = cause.originalError
  if (!(cause instanceof Problem) || cause.code === 'INTERNAL') throw error
  return { outcome: null }
}

describe.each(vendors)('$label', (definition) => {
  const own = cases.filter(({ vendor }) => vendor === definition.slug)

  test.each(own)('$mutation $what reports a true outcome for any change in the responses', async (each) => {
    let meddler: Awaited<ReturnType<typeof startMeddler>> | undefined
    const via = async ({ url }: Sandbox) => (meddler = await startMeddler(url)).url
    const opened = await open(definition, { via, upstream: { attempts: 1 } })
    const changeTo = (change: Change | null) => () => void (meddler!.change = change)
    const { result } = await run(opened, each, changeTo(null))
    expect(result.outcome).toBe('SUCCEEDED')
    const changes = meddler!.responses.flatMap((body, number) => changesOf(number, body))
    for (const change of tried(changes, 8)) {
      const { result, done } = await run(opened, each, changeTo(change))
      const where = `${JSON.stringify(change)}: ${JSON.stringify(result)}`
      expect(done, where).toBeLessThanOrEqual(1)
      if (each.effects.length > 0 && result.outcome === 'SUCCEEDED') expect(done, where).toBe(1)
      if (result.outcome === 'REJECTED' || result.outcome === 'NOT_SENT') expect(done, where).toBe(0)
      expect(where).not.toContain('INTERNAL')
      changeTo(null)()
    }
    expect(opened.internalErrors).toEqual([])
    meddler!.close()
  })
})
