import { afterAll, expect } from 'vitest'
import { timers, timersGone } from '../../upstream/timers.ts'
import { startFixture, type Fixture, type FixtureOptions } from './fixture.ts'

const rowCounts = { tried: 0, passed: 0 }

export async function countRow(test: () => Promise<void>): Promise<void> {
  rowCounts.tried++
  await test()
  rowCounts.passed++
}

const before = timers()
const fixtures: Fixture[] = []

/** Runs a test with a fixture of its own, which is closed after the last test of the file, together with all others. */
export async function runWithFixture(
  options: FixtureOptions,
  test: (fixture: Fixture) => Promise<void>,
): Promise<void> {
  const fixture = await startFixture(options)
  fixtures.push(fixture)
  await test(fixture)
}

/** Closes all fixtures after the last test, checks that no sockets or timers remain, and prints the number of rows. */
export function closeAfterAll(name: string): void {
  afterAll(async () => {
    await Promise.all(fixtures.flatMap(({ first, last }) => [first.stop(), last.stop()]))
    // The servers have stopped, so that no connection to a vendor may be left.
    await Promise.all(fixtures.map(({ v }) => v.server.idle()))
    await Promise.all(fixtures.map((fixture) => fixture.close()))
    await timersGone(before)
    for (const { log } of fixtures.flatMap(({ first, last }) => [first, last]))
      expect(log()).not.toContain('"internal error"')
    process.stdout.write(`faults, ${name}: ${rowCounts.tried} rows tried, ${rowCounts.passed} passed\n`)
  })
}
