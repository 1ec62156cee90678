// The same plays as in `npm test`, more of them a day.
import "#tests/api/protected-time/outreach-form.api.test.ts";
