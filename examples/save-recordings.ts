// Saves all recordings of a month to a folder, by default of last month. The month is that of the sessions' start, in UTC. To
// continue after an interruption, run the script again: files that are complete are not downloaded again. Exits with 1 if files
// are missing.
//
//   PARLEY_URL=… PARLEY_API_KEY=… node examples/save-recordings.ts FOLDER [YYYY-MM]
import { mkdir } from 'node:fs/promises'
import { createClient, ParleyError, RecordingsDocument, saveRecording } from '../src/client/node.ts'

const { PARLEY_URL: url = 'http://127.0.0.1:4000/graphql', PARLEY_API_KEY: key } = process.env
const client = createClient({ url, ...(key ? { key } : {}) })

const [folder, month] = process.argv.slice(2)
if (folder === undefined) throw new Error('The argument FOLDER is required.')
if (month !== undefined && !/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) throw new Error('The month must be YYYY-MM.')
const now = new Date()
const first = month === undefined ? new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1)) : new Date(month)
const filter = {
  startedFrom: first.toISOString(),
  startedBefore: new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1)).toISOString(),
}

await mkdir(folder, { recursive: true })
const missing = new Set<string>()
const recordings = client.paginate(RecordingsDocument, { first: 100, filter }, (data) => data.recordings, {
  onPage: ({ sources }) => {
    for (const { account, status, problem } of sources)
      if (problem && status !== 'UNSUPPORTED')
        missing.add(`The list of recordings (${account.key}): ${problem.message}`)
  },
})
for await (const { id, name, state } of recordings) {
  if (state !== 'READY') {
    missing.add(`${name}: ${state === 'PROCESSING' ? 'not ready yet' : 'not available'}`)
    continue
  }
  try {
    const { path, sizeBytes, existed } = await saveRecording(client, { id, name }, folder)
    console.log(`${path}: ${sizeBytes} bytes${existed ? ', saved before' : ''}`)
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error
    missing.add(`${name}: ${error.message}`)
  }
}
for (const problem of missing) console.error(problem)
if (missing.size > 0) process.exitCode = 1
