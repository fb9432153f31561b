import { ParleyError } from '../client/errors.ts'
import {
  AttendanceDocument,
  ConferenceSessionsDocument,
  SessionDocument,
  SessionsDocument,
  type AttendanceFieldsFragment,
  type SessionFieldsFragment,
} from '../client/gql/graphql.ts'
import type { PageSource } from '../client/pages.ts'
import { formatProblem, iterateList, reportFailure, runBatch, type Batch } from './batch.ts'
import type { CommandLine } from './command.ts'
import { exit } from './exit.ts'
import type { ListRequest } from './list.ts'
import { createWriter, type WriteRows } from './output.ts'
import { readSessionSelection, rejectSelectionWithIds } from './session-selection.ts'

const sessionColumns = ['sessionId', 'account', 'title', 'startedAt']
const personColumns = ['displayName', 'email', 'identifiedBy', 'role', 'firstJoinedAt', 'lastLeftAt', 'seconds']

/** `parley attendance`: prints the people of one session after the other. Returns the worst exit code. */
export async function runAttendanceCommand(input: CommandLine): Promise<number> {
  const ids = input.arguments
  if (ids.length > 0) rejectSelectionWithIds(input)
  const list = ids.length > 0 ? null : readSessionList(input)
  const write = createWriter(input, [...sessionColumns, ...personColumns])
  return runBatch(input, async (batch) => {
    const sessions = list ? iterateList<SessionFieldsFragment>(list, batch) : findSessions(ids, batch)
    for await (const session of sessions) {
      batch.status.show(() => `${session.title}, ${session.startedAt}`)
      await printAttendance(session, write, batch)
    }
  })
}

function readSessionList(input: CommandLine): Omit<ListRequest, 'columns'> {
  const { conferenceId, filter } = readSessionSelection(input)
  return conferenceId === undefined
    ? { document: SessionsDocument, variables: { filter }, path: ['sessions'] }
    : { document: ConferenceSessionsDocument, variables: { conferenceId, filter }, path: ['conference', 'sessions'] }
}

/** Looks up sessions by ID. @throws ParleyError if one was not found. */
async function* findSessions(ids: readonly string[], batch: Batch): AsyncGenerator<SessionFieldsFragment> {
  const { client, signal } = batch
  for (const id of ids) {
    const { node } = await client.request(SessionDocument, { id }, { signal })
    if (!node || !('startedAt' in node))
      throw new ParleyError('NOT_FOUND', `The session "${id}" was not found.`, { outcomeUnknown: false })
    yield node
  }
}

/** Prints the people of a session when all of them are read, so that an incomplete list never looks complete. */
async function printAttendance(session: SessionFieldsFragment, write: WriteRows, batch: Batch): Promise<void> {
  const { client, signal } = batch
  const { id: sessionId, title, startedAt, account } = session
  const people: AttendanceFieldsFragment[] = []
  const problems = new Set<string>()
  try {
    const attendance = client.paginate(
      AttendanceDocument,
      { sessionId, first: 100 },
      ({ node }) => (node && 'attendance' in node ? node.attendance : null),
      { signal, onPage: ({ sources }) => sources.forEach((source) => reportProblem(source, problems, batch)) },
    )
    for await (const person of attendance) people.push(person)
  } catch (error) {
    return reportFailure(error, `${title}, ${startedAt}`, batch)
  }
  batch.status.clear()
  for (const problem of problems) batch.status.printLine(`${title}, ${startedAt}: ${problem}`)
  if (people.length > 0)
    write(people.map((person) => ({ sessionId, account: account.key, title, startedAt, ...person })))
}

/** Adds the problem of an incomplete report, or the reason for which the vendor has none. */
function reportProblem({ status, problem }: PageSource, problems: Set<string>, { codes }: Batch): void {
  if (!problem) return
  problems.add(formatProblem(problem.code, problem.message, problem.retryAt))
  if (status !== 'UNSUPPORTED') codes.add(problem.code === 'NOT_READY' ? exit.unavailable : exit.rejected)
}
