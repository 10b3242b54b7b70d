-- Decides on one request by all limits of an application, or none: one trip, the store's own clock.
-- KEYS[1]: the application, with a hash tag. ARGV: eight for each limit: name, kind, permits, window (microseconds),
-- burst, cost, shadow (1), counts refused requests (1).
-- Answers five numbers for each limit: had no room (1), remaining, microseconds until there is room for this request,
-- until remaining rises, until all is free again.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000000 + tonumber(time[2])
local limits = {}
local refused = false

local function bucket(key, per, most)
  local tat = tonumber(redis.call('GET', key) or '0')
  if tat < now then tat = now end
  return tat
end

for i = 0, #ARGV / 8 - 1 do
  local at = i * 8
  local one = {
    kind = ARGV[at + 2], permits = tonumber(ARGV[at + 3]), window = tonumber(ARGV[at + 4]),
    burst = tonumber(ARGV[at + 5]), cost = tonumber(ARGV[at + 6]),
    shadow = ARGV[at + 7] == '1', counted = ARGV[at + 8] == '1', full = false, wait = 0
  }
  one.key = KEYS[1] .. ':' .. ARGV[at + 1] .. ':' .. one.kind
  if one.kind == 'SLIDING' then
    redis.call('ZREMRANGEBYSCORE', one.key, '-inf', now - one.window)
    one.used = redis.call('ZCARD', one.key)
    one.most = one.permits
    local over = one.used + one.cost - one.permits
    if one.cost > 0 and over > 0 then
      one.full = true
      local last = redis.call('ZRANGE', one.key, over - 1, over - 1, 'WITHSCORES')
      one.wait = tonumber(last[2]) + one.window - now
    end
  elseif one.kind == 'FIXED' or one.kind == 'FIXED_FROM_FIRST' then
    local start = math.floor(now / one.window) * one.window
    if one.kind == 'FIXED_FROM_FIRST' then
      start = tonumber(redis.call('HGET', one.key, 'start') or '-1')
      if start < 0 or now >= start + one.window then start = now end
    end
    one.start = start
    local seen = tonumber(redis.call('HGET', one.key, 'start') or '-1')
    one.used = seen == start and tonumber(redis.call('HGET', one.key, 'used') or '0') or 0
    one.most = one.permits
    if one.cost > 0 and one.used + one.cost > one.permits then
      one.full = true
      one.wait = start + one.window - now
    end
  else
    one.most = one.kind == 'SPACING' and 1 or one.burst
    one.per = one.window / one.permits
    one.tat = bucket(one.key)
    one.used = math.ceil((one.tat - now) / one.per - 1e-6)
    local beyond = one.tat + one.cost * one.per - now - one.most * one.per
    if one.cost > 0 and beyond > 1e-3 then
      one.full = true
      one.wait = math.ceil(beyond)
    end
  end
  if one.full and not one.shadow then refused = true end
  limits[i + 1] = one
end

local answer = {}
for _, one in ipairs(limits) do
  local charged = one.cost
  if (refused and not one.counted) or (not refused and one.full) then charged = 0 end
  if charged > 0 then
    if one.kind == 'SLIDING' then
      local last = redis.call('INCRBY', KEYS[1] .. ':seq', charged)
      for n = last - charged + 1, last do redis.call('ZADD', one.key, now, n) end
      redis.call('ZREMRANGEBYRANK', one.key, 0, -(one.permits + 1))
      redis.call('PEXPIRE', one.key, math.ceil(one.window / 1000) + 1000)
      redis.call('PEXPIRE', KEYS[1] .. ':seq', 86400000 * 366)
      one.used = math.min(one.used + charged, one.permits)
    elseif one.start then
      one.used = math.min(one.used + charged, one.permits)
      redis.call('HSET', one.key, 'start', one.start, 'used', one.used)
      redis.call('PEXPIRE', one.key, math.ceil(one.window / 1000) + 1000)
    else
      one.tat = math.min(one.tat + charged * one.per, now + one.most * one.per)
      one.used = math.ceil((one.tat - now) / one.per - 1e-6)
      redis.call('SET', one.key, string.format('%.3f', one.tat), 'PX', math.ceil((one.tat - now) / 1000) + 1000)
    end
  end
  local next, free = 0, 0
  if one.used > 0 then
    if one.kind == 'SLIDING' then
      local first = redis.call('ZRANGE', one.key, 0, 0, 'WITHSCORES')
      local last = redis.call('ZRANGE', one.key, -1, -1, 'WITHSCORES')
      next = tonumber(first[2]) + one.window - now
      free = tonumber(last[2]) + one.window - now
    elseif one.start then
      next = one.start + one.window - now
      free = next
    else
      free = math.ceil(one.tat - now)
      next = math.ceil(one.tat - now - (one.used - 1) * one.per)
    end
  end
  answer[#answer + 1] = one.full and 1 or 0
  answer[#answer + 1] = math.max(0, one.most - one.used)
  answer[#answer + 1] = math.max(0, one.wait)
  answer[#answer + 1] = math.max(0, next)
  answer[#answer + 1] = math.max(0, free)
end
return answer
