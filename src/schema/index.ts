import './account.ts'
import './user.ts'
import './conference.ts'
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
import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'

/** The whole schema; schema.graphql is its print. */
export const schema: GraphQLSchema = builder.toSchema()
