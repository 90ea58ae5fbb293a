import { LogRoom } from '@/components/log/log-room'

export const metadata = { title: 'Log' }

export default function EventsPage() {
  return <LogRoom />
}
