import { print } from 'graphql'
import { ParleyError } from '../client/errors.ts'
import { ConferenceEventsDocument } from '../client/gql/graphql.ts'
import type { ConferenceEventsSubscription } from '../client/gql/graphql.ts'
import { watchMessages } from '../client/watch.ts'
import type { CommandLine } from './command.ts'
import { exit, getExitCodeOfError, UsageError } from './exit.ts'
import { listenForInterruption } from './interruption.ts'
import { readFilter } from './list.ts'
import { getServerAddress } from './server-address.ts'
import { WatchReporter } from './watch-reporter.ts'

type Message = ConferenceEventsSubscription['conferenceEvents']

/** `parley watch`: prints events until it is interrupted. Returns the exit code. @throws UsageError if an option is invalid. */
export async function runWatchCommand(input: CommandLine): Promise<number> {
  const limit = parseCount(input.getOption('count'))
  const variables = {
    after: input.getOption('after'),
    filter: {
      ...readFilter('accounts', input.getOptionValues('account')),
      ...readFilter('types', input.getOptionValues('type')),
      ...readFilter('conferenceIds', input.getOptionValues('conference')),
    },
  }
  const server = getServerAddress(input)
  const signal = listenForInterruption()
  const reporter = new WatchReporter()
  let [count, cursor] = [0, variables.after]
  let hasStarted = false
  const messages = watchMessages<Message>({
    server,
    query: print(ConferenceEventsDocument),
    variables,
    pick: ({ conferenceEvents }: ConferenceEventsSubscription) => conferenceEvents,
    fetch,
    signal,
    onError: (error) => {
      if (!hasStarted && error.data === null) throw error
      reporter.reportError(error)
    },
  })
  try {
    for await (const message of messages) {
      hasStarted = true
      reporter.reportSources(message.sources)
      printMessage(message)
      cursor = message.cursor
      if (message.event) count += 1
      if (count === limit) return exit.success
    }
    process.stderr.write('The server has ended the stream.\n')
    return exit.rejected
  } catch (error) {
    if (!signal.aborted && !(error instanceof ParleyError)) throw error
    process.stderr.write(signal.aborted ? 'Interrupted.\n' : formatError(error as ParleyError))
    if (cursor !== undefined && (hasStarted || signal.aborted))
      process.stderr.write(`To continue, run the command again with --after ${cursor}\n`)
    return signal.aborted ? (signal.reason as number) : getExitCodeOfError(error as ParleyError)
  }
}

const formatError = ({ code, message }: ParleyError): string => `${code}: ${message}\n`

function printMessage({ cursor, event, gaps }: Message): void {
  if (event || gaps.length > 0) process.stdout.write(`${JSON.stringify({ cursor, event, gaps })}\n`)
}

/** Returns the number of events after which the command stops. */
function parseCount(text: string | undefined): number {
  if (text === undefined) return Infinity
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new UsageError('"--count" must be a number from 1 to 9,999,999.')
  return Number(text)
}
