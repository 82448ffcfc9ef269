"""What schema.org 30.0 says of the terms that our pages use.

The facts in schema-org-30.tsv are those of the release files
schemaorg-all-https-{types,properties}.csv (https://github.com/schemaorg/schemaorg,
data/releases/30.0). Made again by:

    python vocabulary.py FOLDER_OF_THE_RELEASE >schema-org-30.tsv
"""

import csv
import sys
from pathlib import Path

FACTS = Path(__file__).with_name("schema-org-30.tsv")
PREFIX = "https://schema.org/"

# The types that pages may name; a page that names another one needs it here.
TYPES = """
    AboutPage Article BreadcrumbList Book City Claim CollectionPage Comment
    ContactPage CorrectionComment Country CreativeWork DefinedTerm DefinedTermSet
    Event GeoCoordinates ImageObject ItemList ListItem Map MediaObject NewsArticle
    NewsMediaOrganization Organization Periodical Person Place ProfilePage
    PropertyValue Report ScholarlyArticle Thesis Thing VideoObject WebPage WebSite
""".split()


class Vocabulary:
    """Types with what they are kinds of, properties with what they join."""

    def __init__(self):
        self.parents, self.domains, self.ranges = {}, {}, {}
        for line in FACTS.read_text().splitlines():
            kind, name, *rest = line.split("\t")
            if kind == "type":
                self.parents[name] = set(rest[0].split())
            else:
                self.domains[name], self.ranges[name] = set(rest[0].split()), set(rest[1].split())

    def kinds(self, name):
        """The type itself and all that it is a kind of."""
        found = {name}
        for parent in self.parents[name]:
            found |= self.kinds(parent)
        return found


def main(folder):
    rows = {}
    for kind in ("types", "properties"):
        with (Path(folder) / f"schemaorg-all-https-{kind}.csv").open(newline="") as file:
            rows[kind] = list(csv.DictReader(file))
    names = lambda cell: [part.strip().removeprefix(PREFIX) for part in cell.split(",") if part.strip()]
    parents = {row["label"]: names(row["subTypeOf"]) for row in rows["types"]}

    kept, beyond = set(), set(TYPES)
    while beyond:
        kept |= beyond
        beyond = {parent for name in beyond for parent in parents[name] if parent in parents} - kept
    for name in sorted(kept):
        print("type", name, " ".join(part for part in parents[name] if part in kept), sep="\t")
    for row in sorted(rows["properties"], key=lambda row: row["label"]):
        domain = [name for name in names(row["domainIncludes"]) if name in kept]
        if domain and not row["supersededBy"]:
            print("property", row["label"], " ".join(domain), " ".join(names(row["rangeIncludes"])), sep="\t")


if __name__ == "__main__":
    main(sys.argv[1])
