package dialog

import (
	"errors"
	"strconv"

	"unsaid/importer"
	"unsaid/phrase"
	"unsaid/store"
	"unsaid/ui/common"
	"unsaid/ui/text"
	"unsaid/ui/widget"
)

// openAccount is why the last import did not know whose history it read, nil if it knew. Nothing was imported then.
func (r *Run) openAccount() *store.AccountError {
	open := (*store.AccountError)(nil)
	if r.Running() || !errors.As(r.Err, &open) {
		return nil
	}
	return open
}

// replyWhose answers whose history it is with a key: the number of an account, or n for another person; false if the
// key is no answer. The question comes up by itself, so a key that comes too soon was meant for something else.
func (r *Run) replyWhose(c *common.Common, key string) (action common.Action, is bool) {
	n, err := strconv.Atoi(key)
	accounts := r.openAccount().Accounts
	is = key == "n" || err == nil && n >= 1 && n <= len(accounts)
	switch {
	case !is || c.Now().Sub(r.asked) < common.SeeTime:
		return nil, is
	case key == "n":
		return common.Show{Dialog: newOwner(c, r)}, true
	}
	return r.importOf(c, strconv.FormatInt(accounts[n-1].ID, 10)), true
}

// importOf imports again what an account has been named for.
func (r *Run) importOf(c *common.Common, account string) common.Action {
	return r.start(c, r.typed, importer.Options{Paths: r.Paths, Account: account})
}

// whoseLines draws the question.
func (r *Run) whoseLines(c *common.Common, w int) []string {
	st, open := &c.Styles, r.openAccount()
	lines := []string{st.Strong.Render("Whose history is it?"), st.Quiet.Render(text.FitLeft(text.Brief(phrase.Paths(r.Paths)), w)), ""}
	lines = append(lines, text.Wrap(text.Brief(phrase.WhoseIsIt(open)), w, 4)...)
	lines = append(lines, "")
	for i, a := range open.Accounts[:min(len(open.Accounts), 9)] {
		lines = append(lines, text.Fit(st.Key.Render(strconv.Itoa(i+1))+" "+text.Brief(phrase.Account(a)), w))
	}
	lines = append(lines, st.Key.Render("n")+" another person's", "")
	return append(lines, widget.Hints(st, w, 2, [][2]string{{"esc", "import nothing"}, {"i", "import something else"}})...)
}

// newOwner asks for the name of a person whose history was not in the library yet.
func newOwner(c *common.Common, r *Run) *Prompt {
	p := NewPrompt("Whose history is it?", "")
	p.Enter = "import"
	p.Note = "A name for the account, such as Anna. The histories of two accounts never mix."
	p.input.CharLimit = 100
	p.Accept = func(name string) (common.Action, string) {
		if name == "" {
			return nil, "type a name"
		}
		return r.importOf(c, name), ""
	}
	return p
}
