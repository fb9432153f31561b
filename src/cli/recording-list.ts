import { ConferenceRecordingsDocument, RecordingsDocument } from '../client/gql/graphql.ts'
import type { CommandLine } from './command.ts'
import { readFilter, type ListRequest } from './list.ts'
import { readSessionSelection } from './session-selection.ts'

/** Reads the options that select recordings. @throws UsageError if the selection is not valid. */
export function readRecordingList(input: CommandLine): Omit<ListRequest, 'columns'> {
  const { conferenceId, filter: sessions } = readSessionSelection(input)
  const filter = { ...sessions, ...readFilter('kind', input.getOptionValues('kind')) }
  return conferenceId === undefined
    ? { document: RecordingsDocument, variables: { filter }, path: ['recordings'] }
    : {
        document: ConferenceRecordingsDocument,
        variables: { conferenceId, filter },
        path: ['conference', 'recordings'],
      }
}
