"""The names of people, companies and things in the simulated organisation."""

from __future__ import annotations

from typing import NamedTuple

COMPANY = "Kestrel Harbour Software"
DOMAIN = "kestrel-harbour.example"

REGIONS = ("DACH", "UK & Ireland", "Nordics", "France & Benelux")

COUNTRIES = (
    ("Germany", "Austria", "Switzerland"),
    ("United Kingdom", "Ireland"),
    ("Sweden", "Norway", "Denmark", "Finland"),
    ("France", "Netherlands", "Belgium"),
)
COUNTRY_WEIGHTS = ((0.72, 0.13, 0.15), (0.86, 0.14), (0.4, 0.22, 0.24, 0.14), (0.5, 0.32, 0.18))

FIRST = (
    "Anna Lukas Sophie Maximilian Katharina Felix Johanna Jonas Miriam Sebastian Lena Matthias "
    "Claudia Tobias Franziska Andreas Birgit Florian Nadine Stefan Petra Moritz Ayse Emre "
    "Milena Dominik",
    "Oliver Charlotte Harry Amelia George Isla Jack Emily Thomas Grace James Niamh Conor Aoife "
    "William Poppy Priya Arjun Eleanor Callum Hannah Rhys Siobhan Daniel Imogen Zara",
    "Ingrid Erik Astrid Lars Freja Mikkel Saga Oskar Maja Henrik Linnea Anders Sigrid Jonas "
    "Aino Eero Emilia Magnus Elin Kasper Solveig Mads Tuuli Viggo Karin Bjorn",
    "Camille Hugo Manon Louis Chloe Thibault Elise Mathieu Juliette Bart Sanne Daan Femke Thijs "
    "Lotte Pieter Amandine Nicolas Ines Yannick Marieke Jeroen Laurent Fleur Karim Nora",
)
LAST = (
    "Brandt Hoffmann Keller Vogel Lindner Schreiber Huber Gruber Baumann Krause Winter Seidel "
    "Arnold Steiner Maurer Fuchs Wagner Pohl Lorenz Albrecht Yilmaz Kaya Novak Egger Zimmermann "
    "Ackermann Frey Roth Busch Heinrich Kuhn Engel Horn Voigt Dietrich Ziegler",
    "Whitfield Ashworth Bennett Carrick Donnelly Ellison Fairclough Gallagher Hargreaves "
    "Kavanagh Lockwood Mercer Nolan Osborne Pritchard Quinn Radcliffe Sutton Thornton Underwood "
    "Walsh Patel Sharma Okafor Barlow Doyle Pemberton Rowley Stanton Tierney Holloway Marsh "
    "Brady Finch Langley Reeves",
    "Solheim Lindqvist Bergstrom Dahl Ekholm Fredriksen Gustavsson Haugen Jorgensen Karlsson "
    "Lund Moller Nygaard Ostberg Rasmussen Sandvik Thorsen Virtanen Korhonen Laine Makinen Holm "
    "Kjeldsen Nystrom Aalto Vestergaard Backman Sjoberg Iversen Hedlund Bakke Skov Lehtonen "
    "Ahlgren Strand Wiklund",
    "Moreau Lefebvre Girard Fontaine Marchand Renard Dubois Chevalier Blanchard Perrin Janssen "
    "Bakker Visser Smit Mulder Dekker Peeters Claes Wouters Maes Benali Mercier Rousseau "
    "Gauthier Hendriks Kuipers Vermeulen Aubert Delattre Colin Verhoeven Lambert Desmet Leroy "
    "Masson Vink",
)

STEMS = (
    "Adler Albis Alpen Bergmann Berner Donau Eichholz Elbe Falken Fichtel Gebrueder Haller "
    "Hansa Isar Jura Kaltenbach Kranich Lahn Linden Mainfeld Neckar Nordstern Ostertag Rheintal "
    "Sauer Schwarzwald Spree Steinfeld Taunus Weser",
    "Abbeydale Albion Ashdown Blackwater Bramley Calder Castlegate Cotswold Derwent Eastfield "
    "Fenwick Greystone Harrowby Kingsley Liffey Mersey Northgate Oakham Pennine Redbridge "
    "Severn Shannon Southmoor Stonebridge Tamar Thornbury Wexford Whitcombe Wharfedale Yarrow",
    "Arctura Baltica Bergslagen Dalarna Fjordvik Gotha Granit Havstrom Jarnvik Kattegat Kiruna "
    "Lagerholm Malmgard Nordhavn Norrsken Oresund Polaris Roros Saltvik Skagen Skargard Sundby "
    "Tampere Tindra Trollhatta Uppland Vanern Vastra Viken Ysteby",
    "Amstel Ardenne Armor Bellevue Brabant Breda Cassel Dender Delft Escaut Garonne Gironde "
    "Hainaut Loire Lys Meuse Merwede Noordzee Oise Orval Picard Rhone Rotte Sambre Scheldt "
    "Seine Texel Vaucluse Vosges Zeeland",
)
CITIES = (
    "Bremen Augsburg Kassel Rostock Bielefeld Mannheim Erfurt Regensburg Osnabrueck Chemnitz Ulm "
    "Linz Graz Wels Salzburg Basel Winterthur Luzern Aarau Olten",
    "Leeds Bristol Norwich Sheffield Hull Preston Swindon Exeter Dundee Cardiff Derby Reading "
    "Stockport Ipswich Cork Galway Limerick Dublin Belfast Paisley",
    "Uppsala Malmo Orebro Lund Kalmar Bergen Stavanger Drammen Trondheim Aarhus Odense Aalborg "
    "Esbjerg Kolding Turku Espoo Oulu Vaasa Lahti Gavle",
    "Lyon Lille Nantes Rennes Dijon Tours Grenoble Metz Utrecht Tilburg Arnhem Zwolle Almere "
    "Gent Leuven Liege Namur Kortrijk Mechelen Angers",
)
TRADES = (
    "Logistik Maschinenbau Pharma Handel Textil Druck Elektronik Verpackung Spedition "
    "Lebensmittel Chemie Werkzeuge Medizintechnik Metallbau",
    "Logistics Engineering Pharma Retail Textiles Print Electronics Packaging Freight Foods "
    "Chemicals Tools Medical Steel",
    "Logistik Mekanik Pharma Handel Textil Tryck Elektronik Emballage Frakt Mat Kemi Verktyg "
    "Medical Stal",
    "Logistique Mecanique Pharma Distribution Textile Imprimerie Electronique Emballage "
    "Transport Alimentaire Chimie Outillage Medical Acier",
)
INDUSTRY_OF_TRADE = (
    "Transport and logistics",
    "Machinery",
    "Pharmaceuticals",
    "Retail",
    "Textiles",
    "Printing",
    "Electronics",
    "Packaging",
    "Transport and logistics",
    "Food and drink",
    "Chemicals",
    "Machinery",
    "Medical devices",
    "Metals",
)
LEGAL_FORMS = {
    "Germany": ("GmbH", "AG", "GmbH & Co. KG"),
    "Austria": ("GmbH", "AG", "GmbH"),
    "Switzerland": ("AG", "GmbH", "SA"),
    "United Kingdom": ("Ltd", "plc", "Group"),
    "Ireland": ("Ltd", "DAC", "Group"),
    "Sweden": ("AB", "Gruppen", "AB"),
    "Norway": ("AS", "ASA", "AS"),
    "Denmark": ("A/S", "ApS", "A/S"),
    "Finland": ("Oy", "Oyj", "Oy"),
    "France": ("SAS", "SA", "SARL"),
    "Netherlands": ("BV", "NV", "BV"),
    "Belgium": ("NV", "SRL", "SA"),
}

SEGMENTS = ("SMB", "Mid-market", "Enterprise")

LEVELS = ("c_level", "vp", "director", "manager", "staff")
TITLES = (
    (
        "Chief Operating Officer",
        "Managing Director",
        "Chief Financial Officer",
        "Chief Executive Officer",
    ),
    ("VP Operations", "VP Supply Chain", "VP Logistics", "VP IT"),
    (
        "Director of Logistics",
        "Head of Warehousing",
        "Director of Operations",
        "Head of Purchasing",
    ),
    ("Warehouse Manager", "Logistics Manager", "Transport Manager", "IT Manager"),
    ("Dispatcher", "Logistics Analyst", "Supply Chain Planner", "Purchasing Assistant"),
)

SOURCES = (
    "Webinar",
    "Organic search",
    "Paid search",
    "Referral",
    "Trade fair",
    "Website form",
    "Bought list",
    "Own research",
    "LinkedIn research",
)
INBOUND_SOURCES = 6
ORGANIC = (False, True, False, True, False, True, False, False, False)
SOURCE_WEIGHTS = ((0.16, 0.24, 0.2, 0.1, 0.1, 0.2), (0.42, 0.36, 0.22))
SOURCE_EFFECTS = (0.05, 0.25, -0.25, 0.75, -0.15, 0.3, -0.25, 0.2, 0.1)
CAMPAIGNS = ("webinar", "", "search", "", "fair", "", "list", "", "")
"""The campaign behind a source, one a quarter; none where there is no campaign."""

PRODUCTS = ("Yard Planner", "Dock Scheduler", "Fleet Insight", "Warehouse Suite")
PRODUCT_PRICES = (0.75, 0.6, 1.0, 1.7)
PRODUCT_COSTS = (0.18, 0.16, 0.24, 0.27)

LOST_REASONS = (
    "Price",
    "Went with a competitor",
    "No decision",
    "No budget",
    "Missing feature",
    "Project postponed",
    "Contact left the company",
)
REJECTIONS = (
    "Not the right contact",
    "No need",
    "No budget this year",
    "Too small",
    "Bound to a rival",
)
END_REASONS = (
    "Price",
    "Went with a competitor",
    "Too little used",
    "Merged into another company",
    "Insolvency",
)

NETWORKS = ("LinkedIn", "Xing", "X")
MAIL_SUBJECTS = (
    "Waiting times at your docks",
    "As discussed: figures for your site",
    "A short question about your yard",
    "How others cut demurrage by a fifth",
    "Following up on my call",
    "Ideas for the next step",
)
CALL_SUBJECTS = ("First call", "Follow-up call", "Call back", "Questions on the offer")
MEETING_SUBJECTS = (
    "First meeting",
    "Product demonstration",
    "Workshop on site",
    "Talk about the offer",
    "Review",
)
SOCIAL_SUBJECTS = ("Connection request", "Message", "Comment on a post")
NOTES = (
    "Has two sites, the second opens next year.",
    "Wants numbers for the board by the end of the quarter.",
    "Uses spreadsheets today; the planner retires in spring.",
    "Compares us with two others.",
    "Decides together with IT.",
    "Asked for a reference in the same industry.",
)
COMMENTS = (
    "Quick help whenever something is unclear.",
    "Good product, the reports could be simpler.",
    "Saves us hours every day.",
    "The introduction took longer than promised.",
    "We hardly use half of it.",
)


class Asset(NamedTuple):
    """A marketing asset: what it is made for, how often reps take it, and when it is to be had.

    `published` and `retired` are parts of the story; 0 is before its beginning, or never.
    """

    name: str
    kind: str
    segment: str
    stage: str
    popularity: float
    published: float = 0
    retired: float = 0


ASSETS = (
    Asset("Guide: time windows at the dock", "White paper", "", "Discovery", 3),
    Asset("Demurrage calculator", "Tool", "", "Evaluation", 2),
    Asset("Case study: a mid-size haulier", "Case study", "Mid-market", "Evaluation", 2.5),
    Asset("Case study: a pharma wholesaler", "Case study", "Enterprise", "Proposal", 1.5),
    Asset("Case study: a family-owned printer", "Case study", "SMB", "Evaluation", 1),
    Asset("Security and privacy overview", "Fact sheet", "Enterprise", "Negotiation", 1),
    Asset("Yard Planner in three minutes", "Video", "", "Discovery", 2),
    Asset("Dock Scheduler in three minutes", "Video", "SMB", "Discovery", 0.8),
    Asset("Return on investment worksheet", "Tool", "Mid-market", "Proposal", 1.5),
    Asset("Roll-out plan, template", "Template", "Enterprise", "Negotiation", 0.5),
    Asset("Price list", "Fact sheet", "SMB", "Proposal", 1.2),
    Asset("Price list of the year before", "Fact sheet", "SMB", "Proposal", 0.9, 0, 0.4),
    Asset("Webinar recording: peak season", "Video", "", "Discovery", 0.9, 0.3),
    Asset("Integration guide for ERP systems", "Fact sheet", "Mid-market", "Evaluation", 0.6),
    Asset("Case study: a cold chain", "Case study", "Mid-market", "Evaluation", 1.1, 0.7),
    Asset("Market survey: loading ramps", "White paper", "", "Discovery", 0.03, 0, 0.75),
    Asset("Sustainability report", "Report", "Enterprise", "Negotiation", 0.004),
    Asset("Partner brochure", "Fact sheet", "", "Discovery", 0),
)
