--- @include "includes/emit"
-- Something that a coordinator did which means something. Told to the log when its phase or iteration
-- changed, or when the last was told a second ago or longer: who calls this as if it were a heartbeat
-- must not flood the log.
-- phase, iteration, action: '' where not said. Answers the event's id, or nil.
local function act(id, record, phase, iteration, action)
  local now_iteration = iteration ~= '' and iteration or record.iteration or '0'
  local what = action ~= '' and action or phase ~= '' and phase or 'iteration ' .. now_iteration
  local same = (phase == '' or phase == record.phase) and now_iteration == record.iteration and what == record.actionWhat
  if same and NOW - (tonumber(record.actionAt) or 0) < 1000 then return nil end
  local ev = emit('coordinator.phase_changed', 'coordinator:' .. id, {
    phase = phase ~= '' and phase or nil,
    iteration = tonumber(now_iteration),
    action = action ~= '' and action or nil,
  })
  redis.call('HSET', k_coordinator(id), 'iteration', now_iteration, 'actionWhat', what, 'actionAt', int(NOW), 'ev', ev)
  if phase ~= '' then redis.call('HSET', k_coordinator(id), 'phase', phase) end
  return ev
end
