import { Suspense } from 'react'
import { RelayEnvironmentProvider } from 'react-relay'
import { CalendarSection } from '../shared/calendar.tsx'
import { LiveSection } from '../shared/live-list.tsx'
import { mount } from '../shared/mount.tsx'
import { Calendar } from './calendar.tsx'
import { Conference } from './conference.tsx'
import { environment } from './environment.ts'
import { Failure } from './failure.tsx'
import { Live } from './live.tsx'
import { Upload } from './upload.tsx'
import { Users } from './users.tsx'

mount(
  <RelayEnvironmentProvider environment={environment}>
    <Conference />
    <Upload />
    <LiveSection>
      <Live />
    </LiveSection>
    <CalendarSection>
      <Failure>
        <Suspense fallback="Loading …">
          <Calendar />
        </Suspense>
      </Failure>
    </CalendarSection>
    <Failure>
      <Suspense fallback="Loading …">
        <Users />
      </Suspense>
    </Failure>
  </RelayEnvironmentProvider>,
)
