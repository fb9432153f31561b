import { afterAll, expect } from 'vitest'
import { timers, timersGone } from '../../upstream/timers.ts'
import { startWorld, type World, type WorldOptions } from './world.ts'

const tally = { tried: 0, held: 0 }

export async function counted(test: () => Promise<void>): Promise<void> {
  tally.tried++
  await test()
  tally.held++
}

const before = timers()
const worlds: World[] = []

/** Runs a test in a world of its own, which ends with the file: all of them drain at the same time. */
export async function inWorld(options: WorldOptions, test: (world: World) => Promise<void>): Promise<void> {
  const world = await startWorld(options)
  worlds.push(world)
  await test(world)
}

/** Ends every world of the file, sees that nothing of ours is left, and tells how the rows did. */
export function closeAfterAll(name: string): void {
  afterAll(async () => {
    await Promise.all(worlds.flatMap(({ first, last }) => [first.stop(), last.stop()]))
    // The servers have gone: whatever is still connected to a vendor was forgotten.
    await Promise.all(worlds.map(({ v }) => v.server.idle()))
    await Promise.all(worlds.map((world) => world.close()))
    await timersGone(before)
    for (const { log } of worlds.flatMap(({ first, last }) => [first, last]))
      expect(log()).not.toContain('"internal error"')
    process.stdout.write(`faults, ${name}: ${tally.tried} rows tried, ${tally.held} held\n`)
  })
}
