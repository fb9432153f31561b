import { Load, readAccounts } from '../harness/load.ts'
import { openLoop } from '../harness/open-loop.ts'
import { lossLine, type Row } from '../harness/row.ts'
import { nothing } from '../harness/verdict.ts'

const life = 5
/** The shortest lifetime of a token at iMeet Central. */
const lifeOf = (key: string): number => (key.startsWith('imeetcentral') ? 6 : life)

export const shortTokens: Row = {
  title: 'A7: tokens that expire after 5 s',
  seconds: 120,
  run: async (options) => {
    const load = await Load.open({ tokenLife: life })
    await load.vendors.ask('injectFaults', 0)
    const before = await load.vendors.ask('seen')
    await openLoop(options.rate, options.seconds, load.operate)
    const after = await load.vendors.ask('seen')
    const lines = [await lossLine(load, nothing)]
    for (const key of readAccounts) {
      const renewals = after[key]!.tokens - before[key]!.tokens
      const due = options.seconds / (lifeOf(key) * 0.9)
      const holds = Math.abs(renewals - due) <= 1
      lines.push({ text: `${key}: ${renewals} renewals (${due.toFixed(1)} ± 1)`, holds })
    }
    await load.close()
    return lines
  },
}
