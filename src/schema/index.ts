import './account.ts'
import './user.ts'
import './conference.ts'
import './conference-list.ts'
import './participant.ts'
import './operation.ts'
import './file.ts'
import './conference-create.ts'
import './conference-update.ts'
import './conference-delete.ts'
import './conference-run.ts'
import './conference-end.ts'
import './participant-mutations.ts'
import './file-upload.ts'
import './user-token.ts'
import { GraphQLSchema } from 'graphql'
import { vendors } from '../vendors/index.ts'
import { builder } from './builder.ts'
import { addVendorNotes } from './vendor-notes.ts'

const built = builder.toSchema()
addVendorNotes(built, vendors)

/** The whole schema; schema.graphql is its print. */
export const schema: GraphQLSchema = new GraphQLSchema({
  ...built.toConfig(),
  description: `The meetings of all vendors that a company has, in one graph.

* A list goes over every account, in the order of the configuration; \`sources\` says of each account what it gave to the page, and why
  something is missing. Page with \`first\` and \`after\`, or \`last\` and \`before\`.
* A mutation's payload tells its \`outcome\`. UNKNOWN means that it left and its answer was lost: look it up with \`operation\`. With an
  \`idempotencyKey\` it can be sent again and is done once.
* What a vendor cannot do is told beforehand by the \`capabilities\` of its accounts, and afterwards by UNSUPPORTED_BY_VENDOR.`,
})
