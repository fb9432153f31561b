import type { CommandLine } from './command.ts'
import { UsageError } from './exit.ts'
import { readFilter } from './list.ts'

interface SessionSelection {
  /** Undefined for the sessions of accounts. */
  conferenceId: string | undefined
  filter: { startedFrom?: string; startedBefore?: string; accounts?: string[] }
}

/** Reads the options that select sessions (`sessionOptions`). @throws UsageError if the selection is not valid. */
export function readSessionSelection(input: CommandLine): SessionSelection {
  const [conferenceId, startedFrom, startedBefore] = ['conference', 'from', 'before'].map((name) =>
    input.getOption(name),
  )
  const accounts = input.getOptionValues('account')
  if (conferenceId === undefined && startedFrom === undefined)
    throw new UsageError('"--from" or "--conference" is required.')
  if (conferenceId !== undefined && accounts.length > 0)
    throw new UsageError('"--account" cannot be combined with "--conference".')
  return {
    conferenceId,
    filter: {
      ...(startedFrom === undefined ? {} : { startedFrom }),
      ...(startedBefore === undefined ? {} : { startedBefore }),
      ...readFilter('accounts', accounts),
    },
  }
}

/** Rejects options that select sessions, if the arguments are the IDs of objects. @throws UsageError */
export function rejectSelectionWithIds(input: CommandLine): void {
  for (const name of ['from', 'before', 'conference'])
    if (input.getOption(name) !== undefined) throw new UsageError(`"--${name}" cannot be combined with IDs.`)
  if (input.getOptionValues('account').length > 0) throw new UsageError('"--account" cannot be combined with IDs.')
}
