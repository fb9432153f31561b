import { Suspense } from 'react'
import { RelayEnvironmentProvider } from 'react-relay'
import { mount } from '../shared/mount.tsx'
import { Conference } from './conference.tsx'
import { environment } from './environment.ts'
import { Failure } from './failure.tsx'
import { Upload } from './upload.tsx'
import { Users } from './users.tsx'

mount(
  <RelayEnvironmentProvider environment={environment}>
    <Conference />
    <Upload />
    <Failure>
      <Suspense fallback="Loading …">
        <Users />
      </Suspense>
    </Failure>
  </RelayEnvironmentProvider>,
)
