import './account.ts'
import './user.ts'
import './conference.ts'
import './participant.ts'
import type { GraphQLSchema } from 'graphql'
import { builder } from './builder.ts'

/** The whole schema; schema.graphql is its print. */
export const schema: GraphQLSchema = builder.toSchema()
