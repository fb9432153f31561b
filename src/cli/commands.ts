import type { Command } from './command.ts'
import { check } from './commands/check.ts'
import { completion } from './commands/completion.ts'
import { help } from './commands/help.ts'
import { query } from './commands/query.ts'
import { sandbox } from './commands/sandbox.ts'
import { serve } from './commands/serve.ts'
import { token } from './commands/token.ts'
import { upload } from './commands/upload.ts'

/** In the order of the help. */
export const commands: readonly Command[] = [serve, check, sandbox, query, upload, token, completion, help]
