import { BreakersRoom } from '@/components/breakers/breakers-room'

export const metadata = { title: 'Breakers' }

export default function BreakersPage() {
  return <BreakersRoom />
}
