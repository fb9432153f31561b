import { post } from './harness/client.ts'
import { now } from './harness/clock.ts'
import { openLoop } from './harness/open-loop.ts'
import type { CallerOrder, TimedStatus } from './harness/separate-caller.ts'

/** The process of `harness/separate-caller.ts`. */
process.once('message', async ({ url, bodies, rate, seconds }: CallerOrder) => {
  const responses: TimedStatus[] = []
  let sent = 0
  await openLoop(rate, seconds, async (due) => {
    const { status } = await post(url, bodies[sent++ % bodies.length]!)
    responses.push({ status, ms: now() - due })
  })
  process.send!(responses, () => process.exit())
})
