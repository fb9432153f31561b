import { Provider } from 'urql'
import { mount } from '../shared/mount.tsx'
import { client } from './client.ts'
import { Conference } from './conference.tsx'
import { Upload } from './upload.tsx'
import { Users } from './users.tsx'

mount(
  <Provider value={client}>
    <Conference />
    <Upload />
    <Users />
  </Provider>,
)
