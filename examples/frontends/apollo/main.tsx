import { ApolloProvider } from '@apollo/client/react'
import { mount } from '../shared/mount.tsx'
import { client } from './client.ts'
import { Conference } from './conference.tsx'
import { Upload } from './upload.tsx'
import { Users } from './users.tsx'

mount(
  <ApolloProvider client={client}>
    <Conference />
    <Upload />
    <Users />
  </ApolloProvider>,
)
