import { afterAll, expect } from 'vitest'
import { timers, timersGone } from '../../upstream/timers.ts'
import { startFixture, type Fixture, type FixtureOptions } from './fixture.ts'

const tally = { tried: 0, held: 0 }

export async function counted(test: () => Promise<void>): Promise<void> {
  tally.tried++
  await test()
  tally.held++
}

const before = timers()
const fixtures: Fixture[] = []

/** Runs a test in a fixture of its own, which ends with the file: all of them drain at the same time. */
export async function runWithFixture(
  options: FixtureOptions,
  test: (fixture: Fixture) => Promise<void>,
): Promise<void> {
  const fixture = await startFixture(options)
  fixtures.push(fixture)
  await test(fixture)
}

/** Ends every fixture of the file, sees that nothing of ours is left, and tells how the rows did. */
export function closeAfterAll(name: string): void {
  afterAll(async () => {
    await Promise.all(fixtures.flatMap(({ first, last }) => [first.stop(), last.stop()]))
    // The servers have gone: whatever is still connected to a vendor was forgotten.
    await Promise.all(fixtures.map(({ v }) => v.server.idle()))
    await Promise.all(fixtures.map((fixture) => fixture.close()))
    await timersGone(before)
    for (const { log } of fixtures.flatMap(({ first, last }) => [first, last]))
      expect(log()).not.toContain('"internal error"')
    process.stdout.write(`faults, ${name}: ${tally.tried} rows tried, ${tally.held} held\n`)
  })
}
