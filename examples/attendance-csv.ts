// Prints who attended the sessions of last week as CSV, one row for each person in each session. The week begins on Monday,
// in UTC. Exits with 1 if rows are missing, because a report is not ready yet or an account could not be read.
//
//   PARLEY_URL=… PARLEY_API_KEY=… node examples/attendance-csv.ts > attendance.csv
import { AttendanceDocument, createClient, ParleyError, SessionsDocument } from '../src/client/index.ts'
import type { AttendanceFieldsFragment, PageSource, SessionFieldsFragment } from '../src/client/index.ts'

const { PARLEY_URL: url = 'http://127.0.0.1:4000/graphql', PARLEY_API_KEY: key } = process.env
const client = createClient({ url, ...(key ? { key } : {}) })

// A reader that closes the pipe early (`| head`) is not an error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error
  process.exit()
})

const day = 86_400_000
const today = Math.floor(Date.now() / day) * day
const monday = today - ((new Date(today).getUTCDay() + 6) % 7) * day
const filter = {
  startedFrom: new Date(monday - 7 * day).toISOString(),
  startedBefore: new Date(monday).toISOString(),
}

const missing = new Set<string>()
/** Adds the problems that caused items of a page to be missing. */
const addProblems = (what: string, sources: readonly PageSource[]): void => {
  for (const { account, status, problem } of sources)
    if (problem && status !== 'UNSUPPORTED') missing.add(`${what} (${account.key}): ${problem.message}`)
}

printRow(['account', 'session', 'title', 'started', 'name', 'email', 'recognized by', 'joined', 'left', 'seconds'])
const sessions = client.paginate(SessionsDocument, { first: 100, filter }, (data) => data.sessions, {
  onPage: ({ sources }) => addProblems('The list of sessions', sources),
})
for await (const session of sessions) {
  const { account, id, title, startedAt } = session
  for (const person of await listPeople(session)) {
    const { displayName, email, identifiedBy, firstJoinedAt, lastLeftAt, seconds } = person
    printRow([account.key, id, title, startedAt, displayName, email, identifiedBy, firstJoinedAt, lastLeftAt, seconds])
  }
}
for (const problem of missing) console.error(problem)
if (missing.size > 0) process.exitCode = 1

/** Returns nobody if the report cannot be read, such as while the vendor is still preparing it (`NOT_READY`). */
async function listPeople({ id, title, startedAt }: SessionFieldsFragment): Promise<AttendanceFieldsFragment[]> {
  const name = `"${title}" of ${startedAt}`
  const pages = client.paginate(
    AttendanceDocument,
    { sessionId: id, first: 100 },
    ({ node }) => (node && 'attendance' in node ? node.attendance : null),
    { onPage: ({ sources }) => addProblems(name, sources) },
  )
  const people: AttendanceFieldsFragment[] = []
  try {
    for await (const person of pages) people.push(person)
    return people
  } catch (error) {
    if (!(error instanceof ParleyError)) throw error
    missing.add(`${name}: ${error.message}`)
    return []
  }
}

function printRow(cells: readonly (string | number | null)[]): void {
  console.log(cells.map(formatCell).join(','))
}

/** Quotes a cell. A spreadsheet would run text that begins with these characters as a formula, so that it gets an apostrophe. */
function formatCell(value: string | number | null): string {
  if (typeof value !== 'string') return String(value ?? '')
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value
  return /[",;\s]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
