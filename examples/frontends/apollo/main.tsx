import { ApolloProvider } from '@apollo/client/react'
import { CalendarSection } from '../shared/calendar.tsx'
import { LiveSection } from '../shared/live-list.tsx'
import { mount } from '../shared/mount.tsx'
import { Calendar } from './calendar.tsx'
import { client } from './client.ts'
import { Conference } from './conference.tsx'
import { Live } from './live.tsx'
import { Upload } from './upload.tsx'
import { Users } from './users.tsx'
import { WeekSection } from './week.tsx'

mount(
  <ApolloProvider client={client}>
    <Conference />
    <Upload />
    <LiveSection>
      <Live />
    </LiveSection>
    <CalendarSection>
      <Calendar />
    </CalendarSection>
    <WeekSection />
    <Users />
  </ApolloProvider>,
)
