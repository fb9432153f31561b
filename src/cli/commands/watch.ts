import { conferenceEventTypes } from '../../vendors/vendor-events.ts'
import type { Command } from '../command.ts'
import { serverEnvironment, serverOptions } from './shared.ts'

export const watch: Command = {
  name: 'watch',
  summary: 'Print events of conferences as they happen',
  description: `Prints one JSON value per line, {"cursor", "event", "gaps"}, for each event and for each period in which events may have been missed. The status of each account, and every change of a status, goes to standard error.

If the connection is lost, the command connects again, at first after 1 s, later after up to 30 s, and continues after the last event. It runs until it is interrupted, and then prints the option with which the next run continues: --after CURSOR.`,
  arguments: [],
  options: {
    account: { value: 'KEY', multiple: true, description: 'Only this account. Repeat the option for several accounts' },
    type: {
      value: 'TYPE',
      values: conferenceEventTypes,
      multiple: true,
      description: `Only this kind of event: ${conferenceEventTypes.join(', ')}. Repeat the option for several kinds`,
    },
    conference: {
      value: 'ID',
      multiple: true,
      description: 'Only this conference. Repeat the option for several conferences',
    },
    after: {
      value: 'CURSOR',
      description: 'Cursor of the event after which to continue.',
      default: 'events from now on',
    },
    count: { value: 'N', description: 'Stop after N events, 1 to 9,999,999' },
    ...serverOptions,
  },
  environment: serverEnvironment,
  exitCodes: {
    0: 'N events were printed',
    1: 'The request was rejected, or the server has ended the stream',
    2: 'The command line or the URL is invalid',
    4: 'The server could not be reached at the start. Run the command again later',
    130: 'Interrupted with Ctrl-C',
    143: 'Stopped with SIGTERM',
  },
  examples: [
    'parley watch',
    `parley watch --type STARTED --type ENDED | jq --unbuffered -r '"\\(.event.type) \\(.event.conference.title)"'`,
    'parley watch --account zoom --after CURSOR --count 1',
  ],
  run: async (input) => (await import('../watch.ts')).runWatchCommand(input),
}
