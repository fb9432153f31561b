import type { Command } from './command.ts'
import { attendance } from './commands/attendance.ts'
import { check } from './commands/check.ts'
import { completion } from './commands/completion.ts'
import { conferenceCreate } from './commands/conference-create.ts'
import { conferenceEnd } from './commands/conference-end.ts'
import { conferenceInvite } from './commands/conference-invite.ts'
import { conferenceRun } from './commands/conference-run.ts'
import { conferencesList } from './commands/conferences-list.ts'
import { help } from './commands/help.ts'
import { mcp } from './commands/mcp.ts'
import { participantsList } from './commands/participants-list.ts'
import { query } from './commands/query.ts'
import { recordingsDownload } from './commands/recordings-download.ts'
import { recordingsList } from './commands/recordings-list.ts'
import { sandbox } from './commands/sandbox.ts'
import { serve } from './commands/serve.ts'
import { token } from './commands/token.ts'
import { upload } from './commands/upload.ts'
import { usersList } from './commands/users-list.ts'
import { wait } from './commands/wait.ts'
import { watch } from './commands/watch.ts'

/** All commands, in the order of the help. */
export const commands: readonly Command[] = [
  serve,
  check,
  sandbox,
  query,
  usersList,
  conferencesList,
  participantsList,
  attendance,
  recordingsList,
  recordingsDownload,
  conferenceCreate,
  conferenceInvite,
  conferenceRun,
  conferenceEnd,
  upload,
  watch,
  wait,
  mcp,
  token,
  completion,
  help,
]
