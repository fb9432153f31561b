import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { request } from 'undici'
import { start as startZoom } from '../src/sandboxes/zoom/index.ts'
import { cpuOf } from './harness/process.ts'
import { startProcess } from '../test/support/server.ts'

/**
 * Processor time of the server for a request with a new document, with a cached document, and with the ID of a trusted
 * document: `node bench/documents.ts`. The documents need no vendor call.
 */
const documentCount = 1_000
const fields = Array.from({ length: 14 }, (_, index) => `l${index}: label k${index}: key`)
const createText = (name: string): string =>
  `query ${name}($isFull: Boolean = true) { accounts { ${fields.join(' ')} ...More @include(if: $isFull) } }\n` +
  `fragment More on Account { id health { state } }`

const folder = mkdtempSync(join(tmpdir(), 'parley-bench-'))
const numbers = Array.from({ length: documentCount }, (_, index) => index)
writeFileSync(
  join(folder, 'map.json'),
  JSON.stringify(Object.fromEntries(numbers.map((number) => [`Listed${number}`, createText(`Listed${number}`)]))),
)
const sandbox = await startZoom({ seed: { active: 1, inactive: 0, pending: 0 } })
const parley = await startProcess({
  accounts: { zoom: sandbox.account },
  documents: { mode: 'allow', from: [folder] },
})

async function measure(name: string, createBody: (index: number) => object): Promise<number> {
  const before = cpuOf(parley.pid)
  for (const number of numbers) {
    const body = JSON.stringify(createBody(number))
    const headers = { 'content-type': 'application/json' }
    const response = await request(parley.graphqlUrl, { method: 'POST', headers, body })
    const text = await response.body.text()
    if (response.statusCode !== 200 || text.includes('"errors"')) throw new Error(text.slice(0, 300))
  }
  const microseconds = ((cpuOf(parley.pid) - before) / documentCount) * 1_000
  console.info(`${name.padEnd(28)}${microseconds.toFixed(0).padStart(6)} µs of processor time`)
  return microseconds
}

try {
  // Warms up the code of all three kinds of requests.
  await measure('warm-up, new texts', (number) => ({ query: createText(`WarmUp${number}`) }))
  await measure('warm-up, IDs', (number) => ({ documentId: `Listed${number}` }))
  const fresh = await measure('texts, not seen before', (number) => ({ query: createText(`Fresh${number}`) }))
  const cached = await measure('one text, cached', () => ({ query: createText('Fresh1') }))
  const listed = await measure('IDs of trusted documents', (number) => ({ documentId: `Listed${number}` }))
  console.info(
    `A new text takes ${(fresh / listed).toFixed(1)} times as long as an ID, a cached text ${(cached / listed).toFixed(1)} times.`,
  )
} finally {
  await parley.dispose()
  await sandbox.close()
  rmSync(folder, { recursive: true })
}
