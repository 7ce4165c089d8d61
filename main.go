// Command unsaid keeps the voice history that an assistant's maker hands out: to browse, hear,
// search and delete it, and to ask the maker to delete it too.
package main

import (
	"context"
	"os"

	"unsaid/cli"
)

func main() {
	os.Exit(cli.Main(context.Background(), os.Args[1:], cli.System()))
}
