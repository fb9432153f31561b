import './account.ts'
import './user.ts'
import './user-by.ts'
import './conference.ts'
import './conference-list.ts'
import './conference-by.ts'
import './occurrence.ts'
import './participant.ts'
import './recording-links.ts'
import './recording-list.ts'
import './session-list.ts'
import './attendance.ts'
import './operation.ts'
import './file.ts'
import './conference-create.ts'
import './conference-update.ts'
import './conference-delete.ts'
import './conference-run.ts'
import './conference-end.ts'
import './occurrence-mutations.ts'
import './participant-mutations.ts'
import './recording-delete.ts'
import './file-upload.ts'
import './user-token.ts'
import './conference-events.ts'
import { GraphQLSchema } from 'graphql'
import { vendors } from '../vendors/index.ts'
import { builder } from './builder.ts'
import { semanticNonNullDirective } from './semantic-non-null.ts'
import { addVendorNotes } from './vendor-notes.ts'

const built = builder.toSchema()
addVendorNotes(built, vendors)

/** The whole schema. `npm run codegen` prints it as `schema.graphql`. */
export const schema: GraphQLSchema = new GraphQLSchema({
  ...built.toConfig(),
  directives: [...built.getDirectives(), semanticNonNullDirective],
  description: `Users and meetings of several meeting vendors in one graph.

* A list covers all accounts, in configuration order. \`sources\` reports what each account contributed to a page, and why data is
  missing. Page through a list with \`first\` and \`after\`, or backward with \`last\` and \`before\`.
* The payload of a mutation reports its \`outcome\`. \`UNKNOWN\` means that the request was sent, but its result is not known: query
  \`operation\` to learn the result. A mutation with an \`idempotencyKey\` is executed only once, even if you send it again.
* The \`capabilities\` of an account show what its vendor supports. Everything else is reported as \`UNSUPPORTED_BY_VENDOR\`.`,
})
