import { ahead } from './ahead.ts'
import { expect, test, vi } from 'vitest'
import * as faults from '../../support/faults.ts'
import { closeAfterAll, countRow, runWithFixture } from './run.ts'
import { tokens } from './vendor.ts'
import type { FixtureOptions } from './fixture.ts'

const fixtures: FixtureOptions[] = [{}, { slug: 'zoom' }, { slug: 'imeetcentral' }]
const kinds: [how: string, kind: faults.Kind][] = [
  ['down', faults.reply({ status: 503 })],
  ['closed', faults.closed],
  ['slow', faults.silent],
]
const cases = fixtures.flatMap((fixture) =>
  kinds.map(([how, kind]) => ({ fixture, how, kind, slug: fixture.slug ?? 'trueconf' })),
)

test.each(cases)('[T03] uses the cached token while the token endpoint is $how: $slug', ({ fixture, kind }) =>
  countRow(() =>
    runWithFixture(fixture, async ({ v, first }) => {
      const read = async () => (await first.read(['v'])).data!['users'].nodes.length
      const createConference = async () =>
        (await first.create({ account: 'v', title: 'T03', ...v.input })).data!['createConference']
      expect(await read()).toBe(5)
      v.injectFault({ match: tokens, kind })
      // In the last tenth, or in the last two minutes, of the TTL of a token, which is an hour.
      ahead.ms += 3_540_000
      expect(await read()).toBe(5)
      expect(await createConference()).toMatchObject({ outcome: 'SUCCEEDED' })
      await vi.waitFor(() => expect(v.tokenRequests().length).toBeGreaterThan(1))
      expect((await first.read(['v'])).errors).toBeUndefined()
      expect(v.tokenRequests().length).toBeLessThanOrEqual(4)
    }),
  ),
)

test('[T03] retries the renewal in the background every 3 s', () =>
  countRow(() =>
    runWithFixture({}, async ({ v, first }) => {
      const countRequests = (): number => v.tokenRequests().length
      await first.read(['v'])
      const removeFault = v.injectFault({ match: tokens, kind: faults.reply({ status: 401 }) })
      ahead.ms += 3_500_000
      for (let round = 2; round < 5; round++) {
        // Each read requires a renewal. The failure of the first one is shared with the others.
        for (let call = 0; call < 3; call++) expect((await first.read(['v'])).errors).toBeUndefined()
        await vi.waitFor(() => expect(countRequests()).toBe(round))
        ahead.ms += 3_001
      }
      removeFault()
      expect((await first.read(['v'])).errors).toBeUndefined()
      await vi.waitFor(() => expect(countRequests()).toBe(5))
      ahead.ms += 600_000
      expect((await first.read(['v'])).errors).toBeUndefined()
      expect(countRequests()).toBe(5)
    }),
  ))

closeAfterAll('renewal')
