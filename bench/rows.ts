import { parseArgs } from 'node:util'
import { conclude } from './harness/verdict.ts'
import type { Row } from './harness/row.ts'
import { abortedQueries } from './rows/aborted-queries.ts'
import { deadVendor } from './rows/dead-vendor.ts'
import { greedyCaller } from './rows/greedy-caller.ts'
import { hostileQueries } from './rows/hostile-queries.ts'
import { leakHunt } from './rows/leak-hunt.ts'
import { overload } from './rows/overload.ts'
import { shortTokens } from './rows/short-tokens.ts'
import { slowClients } from './rows/slow-clients.ts'
import { slowSockets } from './rows/slow-sockets.ts'
import { slowVendor } from './rows/slow-vendor.ts'
import { stallingResponses } from './rows/stalling-responses.ts'
import { uploads } from './rows/uploads.ts'

/** One acceptance row of load: `node bench/rows.ts A3`. A1 and A2 are `node bench/load.ts`. */
const rows: Record<string, Row> = {
  A3: deadVendor,
  A4: slowVendor,
  A5: overload,
  A6: leakHunt,
  A7: shortTokens,
  A8: abortedQueries,
  A9: hostileQueries,
  A10: slowSockets,
  A11: uploads,
  A12: greedyCaller,
  A14: stallingResponses,
  A15: slowClients,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: 'string' },
    rate: { type: 'string', default: '200' },
    'counts-only': { type: 'boolean', default: false },
    /** Size of one upload in row A11. */
    mib: { type: 'string', default: '1024' },
  },
})
const name = positionals[0] ?? ''
const row = rows[name]
if (!row) {
  for (const [key, { title, seconds }] of Object.entries(rows))
    console.info(`${key.padEnd(4)}${title.replace(`${key}: `, '')} (${seconds} s)`)
  process.exit(2)
}
console.info(row.title)
const options = {
  seconds: Number(values.seconds ?? row.seconds),
  rate: Number(values.rate),
  countsOnly: values['counts-only'],
  mib: Number(values.mib),
}
conclude(name, await row.run(options))
