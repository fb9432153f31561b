import { ConferenceRecordingsDocument, RecordingsDocument, type RecordingKind } from '../client/gql/graphql.ts'
import type { CommandLine } from './command.ts'
import { UsageError } from './exit.ts'
import { readFilter, toEnumValues, type ListRequest } from './list.ts'

/** Reads the options that select recordings. @throws UsageError if the selection is not valid. */
export function readRecordingList(input: CommandLine): Omit<ListRequest, 'columns'> {
  const [conferenceId, startedFrom, startedBefore] = ['conference', 'from', 'before'].map((name) =>
    input.getOption(name),
  )
  const accounts = input.getOptionValues('account')
  const filter = {
    ...(startedFrom === undefined ? {} : { startedFrom }),
    ...(startedBefore === undefined ? {} : { startedBefore }),
    ...readFilter('accounts', accounts),
    ...readFilter('kind', toEnumValues(input.getOptionValues('kind')) as RecordingKind[]),
  }
  if (conferenceId === undefined) {
    if (startedFrom === undefined) throw new UsageError('"--from" or "--conference" is required.')
    return { document: RecordingsDocument, variables: { filter }, path: ['recordings'] }
  }
  if (accounts.length > 0) throw new UsageError('"--account" cannot be combined with "--conference".')
  const variables = { conferenceId, filter }
  return { document: ConferenceRecordingsDocument, variables, path: ['conference', 'recordings'] }
}
